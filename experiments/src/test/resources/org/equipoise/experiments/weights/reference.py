"""Writes the expected values of TorchWeightsTest: python3 reference.py > reference.json

Networks of PyTorch, filled by a formula, so that nobody has to keep their weights.
"""

import json
import sys

import torch
from torch import nn


class Block(nn.Module):
    """Residual block: two 3x3 convolutions, or a bottleneck."""

    def __init__(self, inner, out, sides, strides, groups, shortcut, came):
        super().__init__()
        self.depth = len(sides)
        for k, (side, stride) in enumerate(zip(sides, strides), start=1):
            to = out if k == self.depth else inner
            conv = nn.Conv2d(
                came, to, side, stride, side // 2, bias=False, groups=groups if k == 2 else 1)
            setattr(self, f"conv{k}", conv)
            setattr(self, f"bn{k}", nn.BatchNorm2d(to))
            came = to
        if isinstance(shortcut, nn.Module):
            self.downsample = shortcut
        else:
            self.cut = shortcut

    def forward(self, x):
        y = x
        for k in range(1, self.depth + 1):
            y = getattr(self, f"bn{k}")(getattr(self, f"conv{k}")(y))
            y = y if k == self.depth else torch.relu(y)
        brought = self.downsample(x) if hasattr(self, "downsample") else self.cut(x)
        return torch.relu(y + brought)


def padded(x):
    pad = x.shape[1] // 2
    return nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, pad, pad))


class Net(nn.Module):
    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        if self.pooled:
            x = nn.functional.max_pool2d(x, 3, 2, 1)
        for group in self.groups:
            x = getattr(self, group)(x)
        return getattr(self, self.head)(x.mean((2, 3)))


def resnet(blocks, bottleneck, groups=1, width=64, classes=5):
    net = Net()
    net.pooled, net.head = True, "fc"
    net.groups = [f"layer{g + 1}" for g in range(4)]
    net.conv1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False)
    net.bn1 = nn.BatchNorm2d(64)
    came = 64
    for g, n in enumerate(blocks):
        out = (64 << g) * (4 if bottleneck else 1)
        inner = groups * (width << g) if bottleneck else out
        layer = nn.Sequential()
        for i in range(n):
            stride = 2 if g > 0 and i == 0 else 1
            shortcut = nn.Identity()
            if stride != 1 or came != out:
                shortcut = nn.Sequential(
                    nn.Conv2d(came, out, 1, stride, bias=False), nn.BatchNorm2d(out))
            sides = (1, 3, 1) if bottleneck else (3, 3)
            strides = (1, stride, 1) if bottleneck else (stride, 1)
            layer.append(Block(inner, out, sides, strides, groups, shortcut, came))
            came = out
        setattr(net, f"layer{g + 1}", layer)
    net.fc = nn.Linear(came, classes)
    return net


def cifar_resnet(depth, classes=5):
    net = Net()
    net.pooled, net.head = False, "linear"
    net.groups = [f"layer{g + 1}" for g in range(3)]
    net.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
    net.bn1 = nn.BatchNorm2d(16)
    came = 16
    for g in range(3):
        out = 16 << g
        layer = nn.Sequential()
        for i in range((depth - 2) // 6):
            stride = 2 if came != out else 1
            cut = padded if came != out else nn.Identity()
            block = Block(out, out, (3, 3), (stride, 1), 1, None, came)
            block.cut = cut
            layer.append(block)
            came = out
        setattr(net, f"layer{g + 1}", layer)
    net.linear = nn.Linear(64, classes)
    return net


MOBILE = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1),
          (6, 160, 3, 2), (6, 320, 1, 1))


def eights(v):
    n = max(8, int(v + 4) // 8 * 8)
    return n + 8 if n < 0.9 * v else n


def unit(came, out, side, stride, groups, active):
    layers = [
        nn.Conv2d(came, out, side, stride, side // 2, groups=groups, bias=False),
        nn.BatchNorm2d(out)]
    return layers + ([nn.ReLU6()] if active else [])


class Inverted(nn.Module):
    def __init__(self, came, times, out, stride):
        super().__init__()
        inner = came * times
        first = [nn.Sequential(*unit(came, inner, 1, 1, 1, True))] if times > 1 else []
        self.conv = nn.Sequential(
            *first,
            nn.Sequential(*unit(inner, inner, 3, stride, inner, True)),
            *unit(inner, out, 1, 1, 1, False))
        self.add = stride == 1 and came == out

    def forward(self, x):
        return x + self.conv(x) if self.add else self.conv(x)


class Mobile(nn.Module):
    def __init__(self, width, classes=5):
        super().__init__()
        came = eights(32 * width)
        layers = [nn.Sequential(*unit(3, came, 3, 2, 1, True))]
        for times, channels, n, stride in MOBILE:
            out = eights(channels * width)
            for i in range(n):
                layers.append(Inverted(came, times, out, stride if i == 0 else 1))
                came = out
        last = eights(1280 * max(1, width))
        layers.append(nn.Sequential(*unit(came, last, 1, 1, 1, True)))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(nn.Identity(), nn.Linear(last, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


def numbers(offset, size):
    """In [0, 1), without a pattern that a layer could not tell from another."""
    i = torch.arange(size, dtype=torch.int64)
    return ((i * 7919 + i // 1009 * 31 + offset * 104729) % 1009).double() / 1009


def value(name, shape, offset, gain):
    size = 1
    for side in shape:
        size *= side
    u = numbers(offset, size)
    if len(shape) > 1:
        fan_in = size // shape[0]
        u = (u - 0.5) * (24 / fan_in) ** 0.5
    elif name.endswith("running_var"):
        u = u + 0.5
    elif name.endswith("weight"):
        u = u / 5 + gain
    else:
        u = u - 0.5
    return u.float().reshape(shape)


def fill(net, gain):
    state = net.state_dict()
    names = sorted(n for n in state if not n.endswith("num_batches_tracked"))
    for k, name in enumerate(names):
        state[name].copy_(value(name, tuple(state[name].shape), k, gain))
    return {n: list(state[n].shape) for n in state}


def case(net, side, gain):
    shapes = fill(net, gain)
    net.eval()
    x = ((numbers(0, 2 * 3 * side * side) - 0.5) * 4).reshape(2, 3, side, side)
    # The second image is brighter to the right.
    x[1] += 3 * torch.arange(side).double() / side
    x = x.float()
    with torch.no_grad():
        logits = net(x)
    return {"side": side, "gain": gain, "state": shapes, "logits": [
        float(f"{v:.7g}") for v in logits.flatten().tolist()]}


def cases():
    return {
        "cifar-resnet-20": case(cifar_resnet(20), 15, 0.5),
        "resnet-10": case(resnet((1, 1, 1, 1), False), 50, 0.5),
        "resnet-50": case(resnet((3, 4, 6, 3), True), 33, 0.3),
        "mobilenet-v2-0.35": case(Mobile(0.35), 37, 0.9),
        "resnext-50": case(resnet((3, 4, 6, 3), True, 32, 4), 33, 0.3),
    }


if __name__ == "__main__":
    torch.manual_seed(0)
    out = cases()
    text = ",\n".join(
        f'"{name}": ' + json.dumps(content, separators=(",", ":")) for name, content in out.items())
    sys.stdout.write("{\n" + text + "\n}\n")
