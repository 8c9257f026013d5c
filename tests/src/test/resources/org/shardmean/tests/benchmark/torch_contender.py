"""PyTorch by itself: takes a folder with images and labels, epochs, batch size, threads."""

import sys
import time

import torch
from torch import nn


def examples(folder, part):
    def read(name):
        with open(f"{folder}/{part}.{name}", "rb") as file:
            return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)

    labels = read("labels").long()
    return read("images").reshape(len(labels), -1).float() / 255, labels


def main(folder, epochs, batch_size, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(42)
    images, labels = examples(folder, "train")
    test_images, test_labels = examples(folder, "test")
    inputs = images.shape[1]
    network = nn.Sequential(
        nn.Linear(inputs, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10)
    )
    optimizer = torch.optim.Adam(network.parameters(), lr=2e-3)
    steps = epochs * -(-len(labels) // batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / (steps + 1))
    loss = nn.CrossEntropyLoss()
    for _ in range(epochs):
        began = time.perf_counter()
        for chosen in torch.randperm(len(labels)).split(batch_size):
            optimizer.zero_grad()
            loss(network(images[chosen]), labels[chosen]).backward()
            optimizer.step()
            schedule.step()
        seconds = time.perf_counter() - began
        with torch.no_grad():
            right = (network(test_images).argmax(1) == test_labels).double().mean().item()
        print(f"stretch {len(labels)} {seconds} {right}", flush=True)


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
