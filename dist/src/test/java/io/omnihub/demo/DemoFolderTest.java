package io.omnihub.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {
  @Test
  void aTemporaryFolderIsDeletedWithAllThatIsInIt() throws Exception {
    DemoFolder folder = DemoFolder.temporary();
    Files.createDirectories(folder.path().resolve("media/deep"));
    Files.writeString(folder.path().resolve("media/deep/file"), "content");
    folder.close();
    assertThat(folder.path()).doesNotExist();
  }

  @Test
  void aKeptFolderKeepsTheKeysAndCountsStarts(@TempDir Path path) {
    DemoFolder first = DemoFolder.kept(path);
    first.close();
    DemoFolder second = DemoFolder.kept(path);
    assertThat(second.agentKey()).isEqualTo(first.agentKey()).isNotEqualTo(first.adminKey());
    assertThat(first.earlierStarts()).isZero();
    assertThat(second.earlierStarts()).isEqualTo(1);
  }

  @Test
  void keysAreReadableForTheOwnerOnly(@TempDir Path path) throws Exception {
    DemoFolder.kept(path).close();
    assertThat(Files.getPosixFilePermissions(path.resolve("demo.properties")))
        .allMatch(permission -> permission.name().startsWith("OWNER"));
  }
}
