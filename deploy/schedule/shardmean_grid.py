"""The scheduled scaling grid as an Airflow DAG: what run-grid runs, with the same settings file.

Needs apache-airflow-providers-apache-spark and a Spark connection, 'spark_default', whose master is
the cluster. A grid that got worse than the last one ends with exit code 10 and fails the task;
clearing a task that was interrupted lets its grid go on in its folder.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow import DAG
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

PROJECT = Path(os.environ.get("SHARDMEAN_HOME", "/opt/shardmean"))


def read_settings():
    """The settings of grid.env; what the environment has goes before it."""
    lines = (PROJECT / "deploy/schedule/grid.env").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if line.startswith("SHARDMEAN_"))
    return {key: os.environ.get(key) or value for key, value in pairs}


def on_any_path(path):
    """A relative path starts from the project's folder; a URL stays."""
    return path if ":" in path else str(PROJECT / path)


settings = read_settings()
grid = settings["SHARDMEAN_GRID"]

with DAG(
    dag_id="shardmean_grid",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["shardmean"],
) as dag:
    SparkSubmitOperator(
        task_id="scaling",
        conn_id="spark_default",
        name="shardmean scaling " + grid,
        application=str(PROJECT / "jobs/target/shardmean-jobs.jar"),
        java_class="org.shardmean.jobs.Main",
        properties_file=str(PROJECT / "conf/spark-defaults.conf"),
        driver_memory="4g",
        env_vars={
            "SHARDMEAN_HOME": str(PROJECT),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        application_args=[
            "scaling",
            "--grid",
            str(PROJECT / "conf/experiments" / (grid + ".properties")),
            "--out",
            on_any_path(settings["SHARDMEAN_RUNS"]) + "/{{ ts_nodash }}-" + grid,
            "--history",
            on_any_path(settings["SHARDMEAN_HISTORY"]),
        ],
        retries=0,
        execution_timeout=timedelta(hours=6),
    )
