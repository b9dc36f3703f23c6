#!/bin/sh
# Builds the distribution and measures it: run.sh MODE [--OPTION VALUE]…; docs/benchmarks.md tells the modes and their options.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
"$root/omnihub" version >&2
cd "$root"
classpath=$root/benchmarks/target/classpath
if [ ! -f "$classpath" ] || [ -n "$(find benchmarks/pom.xml pom.xml -newer "$classpath" -print -quit)" ]; then
  mvn -q -B -pl benchmarks dependency:build-classpath -Dmdep.outputFile="$classpath" >&2
fi
java=
for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
  major=$("$candidate" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  if [ "${major:-0}" -ge 21 ]; then java=$candidate; break; fi
done
[ $# -gt 0 ] || set -- closed
mode=$1
shift
exec "$java" -Xmx512m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$root/benchmarks/target/classes:$(cat "$classpath")" \
  io.omnihub.benchmarks.Benchmark "$mode" --launcher "$root/dist/target/omnihub/bin/omnihub" "$@"
