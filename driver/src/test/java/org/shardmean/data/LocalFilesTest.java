package org.shardmean.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
  @TempDir java.nio.file.Path folder;

  private FileSystem files() throws IOException {
    Configuration hadoop = new Configuration();
    return LocalFiles.inPlaceOf(FileSystem.getLocal(hadoop), hadoop);
  }

  @Test
  void aFileIsWrittenAloneAndWithoutAnotherProcess() throws IOException {
    FileSystem files = files();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      Path file = new Path(folder.toUri().toString(), "made/file.txt");
      OutputFile.write(files, file, false, out -> out.write(7));
      recording.stop();
      java.nio.file.Path events = folder.resolve("events.jfr");
      recording.dump(events);
      assertEquals(List.of(), RecordingFile.readAllEvents(events));
    }
    try (Stream<java.nio.file.Path> made = Files.list(folder.resolve("made"))) {
      assertEquals(List.of(folder.resolve("made/file.txt")), made.toList());
    }
  }

  @Test
  void permissionsAreThoseThatHadoopWouldSet() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.permissions.umask-mode", "027");
    FileSystem files = LocalFiles.inPlaceOf(FileSystem.newInstanceLocal(hadoop), hadoop);
    Path file = new Path(folder.toUri().toString(), "file.txt");
    OutputFile.write(files, file, false, out -> out.write(7));
    assertEquals("rw-r-----", permissions("file.txt"));
    files.setPermission(file, new FsPermission((short) 0604));
    assertEquals("rw----r--", permissions("file.txt"));
  }

  @Test
  void otherFileSystemsStayAsTheyAre() throws IOException {
    try (RawLocalFileSystem other = new RawLocalFileSystem()) {
      assertSame(other, LocalFiles.inPlaceOf(other, new Configuration()));
    }
  }

  private String permissions(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
