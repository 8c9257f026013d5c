package org.shardmean.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shardmean.run.ConfigurationException;

class FolderOwnerTest {
  /** A machine under load may keep a sign of life back for seconds. */
  private static final FolderOwner.Limits PATIENT = new FolderOwner.Limits(50, 60_000, 50);

  /** For a claim that gives no more signs of life. */
  private static final FolderOwner.Limits QUICK = new FolderOwner.Limits(50, 600, 50);

  @TempDir private java.nio.file.Path folder;

  @Test
  void aSecondDriverIsRefusedInALineAndTheFirstGoesOn() throws IOException {
    try (FolderOwner first = claim()) {
      ConfigurationException refused = assertThrows(ConfigurationException.class, this::claim);
      assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
      assertTrue(
          refused.getMessage().contains("process " + ProcessHandle.current().pid()),
          refused.getMessage());
      first.requireOwned();
    }
    claim().close();
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void theClaimOfAProcessThatIsGoneIsTakenOverAtOnce() throws IOException {
    Claimant me = Claimant.here();
    leave(new Claimant("dead", me.machine(), me.host(), me.process(), "another start", true));

    claim().close();
    assertEquals(0, folder.toFile().list().length);
  }

  @Test
  void theClaimOfAnotherMachineIsDeadWhenItIsOld() throws IOException {
    leave(new Claimant("far", "far", "far", 1, "then", true));
    Files.setLastModifiedTime(folder.resolve(".owner-far"), FileTime.fromMillis(1_000_000));

    claim().close();
  }

  @Test
  void whetherAnotherMachinesDriverIsAliveIsWaitedForAndSaid() throws IOException {
    leave(new Claimant("far", "far", "far", 1, "then", true));
    List<String> waiting = Collections.synchronizedList(new ArrayList<>());

    FolderOwner.claim(files(), path(), Claimant.here(), QUICK, waiting::add).close();

    assertEquals(1, waiting.size(), waiting.toString());
  }

  @Test
  void aDriverOfAnotherMachineThatGivesSignsOfLifeIsLeftAlone() throws IOException {
    Claimant far = new Claimant("far", "far", "far", 1, "then", false);
    try (FolderOwner there = FolderOwner.claim(files(), path(), far, PATIENT, line -> {})) {
      assertThrows(ConfigurationException.class, this::claim);
      there.requireOwned();
    }
  }

  @Test
  void aDriverWhoseFolderWasTakenNotices() throws IOException {
    try (FolderOwner first = claim()) {
      for (String claim : folder.toFile().list()) {
        Files.delete(folder.resolve(claim));
      }
      try (FolderOwner second = claim()) {
        assertThrows(ConfigurationException.class, first::requireOwned);
        second.requireOwned();
      }
    }
  }

  @Test
  void ofManyAtOnceExactlyOneGetsIt() throws Exception {
    int drivers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(drivers);
    CountDownLatch all = new CountDownLatch(drivers);
    List<FolderOwner> owners = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> ends = new ArrayList<>();
    for (int d = 0; d < drivers; d++) {
      ends.add(
          threads.submit(
              () -> {
                all.countDown();
                all.await();
                try {
                  owners.add(claim());
                } catch (ConfigurationException refused) {
                  // All but one.
                }
                return null;
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    threads.shutdown();

    assertEquals(1, owners.size());
    owners.get(0).requireOwned();
    owners.get(0).close();
  }

  private void leave(Claimant claimant) throws IOException {
    Files.writeString(folder.resolve(".owner-" + claimant.name()), claimant.written(true));
  }

  private FolderOwner claim() throws IOException {
    return FolderOwner.claim(files(), path(), Claimant.here(), PATIENT, line -> {});
  }

  private Path path() {
    return new Path(folder.toString());
  }

  private static RawLocalFileSystem files() throws IOException {
    RawLocalFileSystem files = new RawLocalFileSystem();
    files.initialize(URI.create("file:///"), new Configuration());
    return files;
  }
}
