"""Prints, as JSON, what a DAG file gives to Airflow's DAG and BashOperator.

read_dag.py FILE: Airflow itself is not needed; in its place stand two classes that take any
arguments and keep them.
"""

import json
import runpy
import sys
import types

calls = {}


def keeper(name):
    class Keeper:
        def __init__(self, **arguments):
            calls[name] = arguments

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    return Keeper


def module(name, **members):
    made = types.ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made


module("airflow", DAG=keeper("DAG"))
for package in ("airflow.providers", "airflow.providers.standard"):
    module(package)
module("airflow.providers.standard.operators")
module("airflow.providers.standard.operators.bash", BashOperator=keeper("BashOperator"))
sys.dont_write_bytecode = True
runpy.run_path(sys.argv[1])
print(json.dumps(calls, default=str))
