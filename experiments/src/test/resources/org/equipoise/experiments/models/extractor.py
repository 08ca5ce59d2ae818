"""Writes the module of TorchScriptTest: python3 extractor.py extractor.pt"""

import sys

import torch
from torch import nn


class Extractor(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.bn = nn.BatchNorm2d(4)
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        return self.dropout(torch.relu(self.bn(self.conv(x))).mean((2, 3)))


net = Extractor()
with torch.no_grad():
    net.conv.weight.copy_((torch.arange(108) % 7 - 3).reshape(4, 3, 3, 3) / 10)
    net.conv.bias.copy_(torch.tensor([0.1, -0.2, 0.3, 0.4]))
    net.bn.running_mean.copy_(torch.tensor([0.5, -0.5, 0.25, 0.0]))
    net.bn.running_var.copy_(torch.tensor([1.0, 2.0, 0.5, 4.0]))
# Left in training mode: whoever loads it has to say what is wanted.
torch.jit.script(net).save(sys.argv[1])
x = (torch.arange(2 * 3 * 5 * 5) % 11 / 11).reshape(2, 3, 5, 5)
with torch.no_grad():
    print(net.eval()(x).flatten().tolist())
