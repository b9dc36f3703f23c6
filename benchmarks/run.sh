#!/bin/sh
# Builds the distribution and measures it; the figures of the last honest run stand in docs/benchmarks.md.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/omnihub" version
cd "$root"
mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true -pl benchmarks -am package
mvn -q -B -pl benchmarks dependency:build-classpath -Dmdep.outputFile="$root/benchmarks/target/classpath" >/dev/null
for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
  major=$("$candidate" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  if [ "${major:-0}" -ge 21 ]; then java=$candidate; break; fi
done
exec "$java" -Xmx512m -cp "$root/benchmarks/target/classes:$(cat "$root/benchmarks/target/classpath")" \
  io.omnihub.benchmarks.EndToEnd "$root/dist/target/omnihub/bin/omnihub"
