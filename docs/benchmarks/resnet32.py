"""Images per second of a tuned PyTorch training of ResNet-32 on CIFAR-10, for comparison.

    python3 resnet32.py FOLDER_OF_cifar-10-batches-bin [threads] [steps]

The whole train set lies in one uint8 tensor; each batch of 128 is gathered by index, padded,
cropped, flipped and normalised as one tensor, and kept channels-last, as the weights are. The
network, its initialisation, the optimiser and the batch are those of configs/cifar10-lt.
Prints one JSON object; the first steps warm up and are not counted.
"""
import json
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

BATCH, WARM_UP = 128, 10


class Subsample(nn.Module):
    """The shortcut without parameters (option A)."""

    def __init__(self, margin):
        super().__init__()
        self.margin = margin

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.margin, self.margin))


class Block(nn.Module):
    def __init__(self, width_in, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(width_in, width, 3, stride, 1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.shortcut = nn.Identity() if stride == 1 else Subsample((width - width_in) // 2)

    def forward(self, x):
        out = F.relu(self.norm1(self.conv1(x)), inplace=True)
        out = self.norm2(self.conv2(out))
        out += self.shortcut(x)
        return F.relu(out, inplace=True)


def resnet32():
    layers, width_in = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(True)], 16
    for width, first in ((16, 1), (32, 2), (64, 2)):
        for i in range(5):
            layers.append(Block(width_in, width, first if i == 0 else 1))
            width_in = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)]
    network = nn.Sequential(*layers)
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(module.weight)
    return network.to(memory_format=torch.channels_last)


def images(folder):
    files = [np.fromfile(f"{folder}/data_batch_{i}.bin", np.uint8) for i in range(1, 6)]
    rows = np.concatenate(files).reshape(-1, 3073)
    pixels = rows[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
    return torch.from_numpy(np.ascontiguousarray(pixels)), torch.from_numpy(rows[:, 0].astype(np.int64))


def augment(batch, mean, std):
    """(N, H, W, C) floats to (N, C, H, W), channels-last: one gather for crop and flip."""
    n = batch.shape[0]
    padded = F.pad(batch, (0, 0, 4, 4, 4, 4))
    rows = torch.randint(0, 9, (n, 1)) + torch.arange(32)
    columns = torch.randint(0, 9, (n, 1)) + torch.arange(32)
    columns = torch.where(torch.rand(n, 1) < 0.5, columns.flip(1), columns)
    cropped = padded[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]
    return ((cropped - mean) / std).permute(0, 3, 1, 2)


def main():
    folder = sys.argv[1]
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    steps = int(sys.argv[3]) if len(sys.argv) > 3 else 97
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    pixels, labels = images(folder)
    mean = torch.tensor([0.4914, 0.4822, 0.4465])
    std = torch.tensor([0.2023, 0.1994, 0.2010])
    network = resnet32().train()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, weight_decay=2e-4)
    order = torch.randperm(len(labels))
    for step in range(steps + WARM_UP):
        if step == WARM_UP:
            begin = time.perf_counter()
        chosen = order[step * BATCH : (step + 1) * BATCH]
        inputs = augment(pixels[chosen].float().div_(255), mean, std)
        loss = F.cross_entropy(network(inputs), labels[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()
    seconds = time.perf_counter() - begin
    print(json.dumps({"torch": torch.__version__, "threads": threads, "steps": steps,
                      "imagesPerSecond": round(steps * BATCH / seconds, 1)}))


if __name__ == "__main__":
    main()
