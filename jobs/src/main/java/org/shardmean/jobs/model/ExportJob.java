package org.shardmean.jobs.model;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.shardmean.export.ExportFormat;
import org.shardmean.jobs.command.GeneralSettings;
import org.shardmean.jobs.command.Job;
import org.shardmean.jobs.command.Required;
import org.shardmean.model.SavedModel;
import org.shardmean.settings.GivenSettings;
import org.shardmean.settings.SettingGroup;
import org.shardmean.settings.ValueReader;

/** {@code export}: writes a saved model in the format of another program. It starts no Spark. */
public final class ExportJob implements Job {
  @Override
  public String name() {
    return "export";
  }

  @Override
  public String summary() {
    return "Writes a saved model for other programs: ONNX, NumPy, CSV or DL4J.";
  }

  @Override
  public List<SettingGroup> settings() {
    return List.of(ModelUseSettings.NETWORK, ModelUseSettings.EXPORT, GeneralSettings.GENERAL);
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--model runs/eight/model.zip --out digits.onnx",
        "--model runs/eight/model.zip --format npz --out digits.npz");
  }

  @Override
  public void run(GivenSettings given) throws IOException {
    Required.in(given, List.of(ModelUseSettings.MODEL, ModelUseSettings.EXPORTED));
    // With what --conf spark.hadoop.… says of file systems.
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(new SparkConf());
    SavedModel model = SavedModel.read(given.get(ModelUseSettings.MODEL), hadoop);
    OutFile out = OutFile.asked(given, hadoop).orElseThrow();
    ExportFormat format = given.get(ModelUseSettings.EXPORT_FORMAT);
    out.write(to -> format.write(model, to));
    System.out.println(
        "Written: %s (%s, %s)"
            .formatted(out.shown(), ValueReader.written(format), model.spec().written()));
  }
}
