package org.shardmean.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.shardmean.data.Dataset;
import org.shardmean.data.ImageSet;
import org.shardmean.experiment.GridPoint.Setup;
import org.shardmean.run.ConfigurationException;
import org.shardmean.run.RunConfig;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.Slots;
import org.shardmean.settings.TrainSettings;
import org.shardmean.settings.Written;

class GridPlanTest {
  private final List<String> loads = new ArrayList<>();

  @Test
  void everyCombinationIsASetupWithAllItsSettings() {
    GridPlan plan =
        plan(
            """
            workers = 1, 8
            optimizer = adam, sgd
            epochs = 3
            variant.plain.preset = none
            variant.rule.preset = auto
            """);

    List<Setup> setups = plan.grid().setups();
    assertEquals(8, setups.size());
    assertEquals("plain_workers-1_optimizer-adam", setups.get(0).id());
    assertEquals("rule_workers-8_optimizer-sgd", setups.get(7).id());
    assertEquals(3, setups.get(7).epochs());
    assertEquals("0.001", setups.get(0).settings().get("learning-rate"));
    assertEquals("784-128-64-10", setups.get(0).settings().get("layers"));
  }

  /** A grid measures the training that people run: what it does not name is train's own choice. */
  @Test
  void whatTheFileDoesNotNameIsWhatTrainWouldChoose() {
    GridPlan plan = plan("workers = 8\n");

    GridPoint point = plan.grid().points().get(0);
    RunConfig config = plan.training(point).resolve(2).config();
    RunConfig train =
        org.shardmean.Training.of(Dataset.generated(6000, 42)).workers(8).resolve(2).config();
    assertEquals(train.withName(config.name()), config);
    assertEquals(config.averaging().roundsPerEpoch(), point.setup().roundsPerEpoch());
  }

  @Test
  void aPointHasItsSeedAndAWarmUpThePointsOwnBatches() {
    GridPlan plan = plan("workers = 4\nepochs = 20\nseeds = 7\n");

    GridPoint point = plan.grid().points().get(0);
    RunConfig config = plan.training(point).resolve(2).config();
    RunConfig warmUp = plan.warmUp(point, 2).resolve(2).config();

    assertEquals(7, config.seed());
    assertEquals("mine seed-7", config.name());
    assertEquals(config.local().withEngine(warmUp.local().engine()), warmUp.local());
    assertEquals(2, warmUp.epochs());
  }

  @Test
  void aVariantsDataIsTheDataThatItTrainsOn() {
    GridPlan plan =
        plan(
            """
            variant.few.data = generated:100
            variant.many.data = generated:200
            """);

    List<Setup> setups = plan.grid().setups();
    assertEquals("generated:100", setups.get(0).data());
    assertEquals(200, plan.dataset(plan.grid().points().get(1)).train().count());
  }

  @Test
  void inAWeakGridEveryWorkerGetsAsManyImages() {
    GridPlan plan = plan("workers = 1, 4\nimages-per-worker = 500\n");

    assertTrue(plan.grid().isWeak());
    assertEquals(
        List.of("generated:500", "generated:2000"),
        plan.grid().setups().stream().map(Setup::data).toList());
    assertEquals(1, plan.grid().setups().stream().map(plan.grid()::curveOf).distinct().count());
  }

  @Test
  void withoutWorkersThereAreAsManyAsTrainWouldTakeOfTheCores() {
    GridPlan plan = plan("cores = 1, 2, 4\npreset = accuracy\n");
    GridPlan fewImages = plan("cores = 1, 2, 4\n");

    assertEquals(List.of(1, 1, 1), fewImages.grid().setups().stream().map(Setup::workers).toList());
    assertEquals(List.of(1, 2, 4), plan.grid().setups().stream().map(Setup::workers).toList());
    assertTrue(plan.grid().variesCores());
  }

  /** These were found hours into a grid. */
  @Test
  void everySetupThatCannotBeTrainedIsNamedBeforeTheFirstOneStarts() {
    ConfigurationException thrown =
        assertThrows(
            ConfigurationException.class,
            () ->
                plan(
                    """
                    data = generated:100
                    workers = 1, 50, 200
                    batch-size = 4, 8
                    layers = 784-10
                    rounds-per-epoch = 2
                    """));

    String all = String.join("\n", thrown.problems());
    assertTrue(all.contains("workers: expected at most 100, the training images"), all);
    assertTrue(all.contains("batch-size: expected at most 2"), all);
    assertTrue(all.contains("(setup workers-50_batch-size-4)"), all);
    assertEquals(0, all.lines().filter(line -> line.contains("workers-1_")).count(), all);
  }

  @Test
  void dataIsLoadedOnceHoweverManyPointsTrainOnIt() {
    GridPlan plan = plan("data = folder\nworkers = 1, 2\nepochs = 1, 2\nseeds = 1, 2\n");
    plan.grid().points().forEach(plan::training);

    assertEquals(List.of("folder"), loads);
  }

  @Test
  void settingsBeneathTheFileCountWhereItNamesNone() {
    GridPlan plan =
        GridPlan.of(
            GridFileTest.read("workers = 2\n"),
            new GivenSettings(
                List.of(
                    Map.of(
                        "epochs", new Written("9", "conf"), "workers", new Written("3", "conf")))),
            this::load,
            cores -> Slots.of(2));

    assertEquals(9, plan.grid().setups().get(0).epochs());
    assertEquals(2, plan.grid().setups().get(0).workers());
  }

  private GridPlan plan(String text) {
    return GridPlan.of(
        GridFileTest.read(text),
        GivenSettings.NONE.under(Map.of("data", new Written("generated:6000", "the test"))),
        this::load,
        cores -> Slots.of(cores == 0 ? 2 : cores));
  }

  private Dataset load(GivenSettings settings) {
    String data = settings.get(TrainSettings.DATA);
    long seed = settings.get(TrainSettings.SEED);
    if (data.startsWith("generated:")) {
      return Dataset.generated(Integer.parseInt(data.substring("generated:".length())), seed);
    }
    loads.add(data);
    ImageSet images = ImageSet.of(1, 2, 2, new byte[80], new byte[40]);
    return Dataset.of(data, images, images);
  }
}
