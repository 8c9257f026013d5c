"""The scheduled scaling grid as an Airflow DAG: run-grid every night at two, with its settings.

Needs apache-airflow-providers-standard, which Airflow 3 brings along. A grid that got worse ends
with exit code 10 and fails the task; the task is skipped when another grid is still running.
Clearing a task that was interrupted lets its grid continue in its folder.
"""

import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.providers.standard.operators.bash import BashOperator

PROJECT = os.environ.get("SHARDMEAN_HOME", "/opt/shardmean")

with DAG(
    dag_id="shardmean_grid",
    schedule="0 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["shardmean"],
) as dag:
    BashOperator(
        task_id="grid",
        bash_command='"$SHARDMEAN_HOME/deploy/schedule/run-grid"',
        env={"SHARDMEAN_HOME": PROJECT},
        append_env=True,
        skip_on_exit_code=75,
        retries=0,
        execution_timeout=timedelta(hours=6),
    )
