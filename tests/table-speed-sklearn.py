"""scikit-learn's part of tests/table-speed.

small FOLDER SIZE     writes the small tables, split five times, as FOLDER/small/KIND-NAME-SEED-*.csv,
                      and scores scikit-learn's perceptrons on them
teacher FOLDER SIZE   trains them on the generated table that the Java part wrote

SIZE is full or quick. Prints a line for each figure.
"""

import os
import sys
import time
import warnings

import numpy as np
from sklearn.compose import TransformedTargetRegressor
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

TABLES = [
    ("classes", "breast cancer", load_breast_cancer),
    ("classes", "wine", load_wine),
    ("classes", "digits", load_digits),
    ("numbers", "diabetes", load_diabetes),
]
SEEDS = range(1, 6)
FEATURES = 50
HIDDEN = (64, 32)


def main():
    # Perceptrons that stop at their last epoch warn of it.
    warnings.filterwarnings("ignore")
    part, folder, size = sys.argv[1:]
    quick = size == "quick"
    if part == "small":
        score_small(folder, [1] if quick else SEEDS, 20 if quick else 200)
    else:
        score_teacher(folder, 4 if quick else 10)


def score_small(folder, seeds, epochs):
    small = os.path.join(folder, "small")
    os.makedirs(small, exist_ok=True)
    for kind, name, load in TABLES:
        features, labels = load(return_X_y=True)
        for seed in seeds:
            parts = train_test_split(
                features, labels, test_size=0.25, random_state=seed,
                stratify=labels if kind == "classes" else None)
            training, test, training_labels, test_labels = parts
            for which, rows, answers in [
                    ("train", training, training_labels), ("test", test, test_labels)]:
                write(os.path.join(small, f"{kind}-{name}-{seed}-{which}.csv"), rows, answers)
            model = perceptron(kind, hidden_layer_sizes=(100,), max_iter=epochs, random_state=seed)
            model.fit(training, training_labels)
            say(f"{name}, scikit-learn: test {measure(kind)}",
                scored(kind, model, test, test_labels))


def write(file, features, labels):
    names = [f"f{i}" for i in range(features.shape[1])] + ["label"]
    np.savetxt(file, np.column_stack([features, labels]), fmt="%.17g", delimiter=",",
               header=",".join(names), comments="")


def score_teacher(folder, epochs):
    training = read(os.path.join(folder, "teacher.float32"))
    held_out = read(os.path.join(folder, "teacher-held-out.float32"))
    for kind, column in [("classes", FEATURES), ("numbers", FEATURES + 1)]:
        model = perceptron(kind, hidden_layer_sizes=HIDDEN, max_iter=epochs, random_state=1,
                           tol=0, n_iter_no_change=epochs)
        began = time.monotonic()
        model.fit(training[:, :FEATURES], training[:, column])
        seconds = time.monotonic() - began
        say(f"generated, {kind}, scikit-learn: rows/s", len(training) * epochs / seconds)
        say(f"generated, {kind}, scikit-learn: held-out {measure(kind)}",
            scored(kind, model, held_out[:, :FEATURES], held_out[:, column]))


def read(file):
    return np.fromfile(file, dtype="<f4").reshape(-1, FEATURES + 2)


def perceptron(kind, **settings):
    """Standardised, as ours are: the features, and numbers to answer with."""
    if kind == "classes":
        return make_pipeline(StandardScaler(), MLPClassifier(**settings))
    return TransformedTargetRegressor(
        make_pipeline(StandardScaler(), MLPRegressor(**settings)), transformer=StandardScaler())


def measure(kind):
    return "accuracy, %" if kind == "classes" else "R²"


def scored(kind, model, features, labels):
    score = model.score(features, labels)
    return 100 * score if kind == "classes" else score


def say(figure, value):
    print(f"figure\t{figure}\t{value:.6f}", flush=True)


main()
