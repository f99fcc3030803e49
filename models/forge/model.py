"""A small Llama: RMSNorm, rotary positions, SwiGLU, tied embeddings; optionally with Qwen2's q/k/v biases.

Sources: Touvron et al. 2023, "LLaMA: Open and Efficient Foundation Language Models" (the block); Su et al.
2021, "RoFormer" (rotary positions, pairs 2i and 2i+1); Shazeer 2020, "GLU Variants Improve Transformer";
Zhang and Sennrich 2019, "Root Mean Square Layer Normalization".
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass(frozen=True)
class Shape:
    """The sizes of a model; `context` is the longest sequence it is made for."""

    vocabulary: int
    width: int = 128
    layers: int = 4
    heads: int = 4
    hidden: int = 320
    context: int = 1024
    base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self) -> int:
        """Dimensions of one attention head."""
        return self.width // self.heads

    def as_dict(self) -> dict:
        """For saving."""
        return asdict(self)


def frequencies(shape: Shape) -> torch.Tensor:
    """RoPE angular frequencies base^(-2i/head), one for each pair of dimensions."""
    return 1.0 / shape.base ** (torch.arange(0, shape.head, 2).float() / shape.head)


class Norm(nn.Module):
    """RMSNorm: x / sqrt(mean(x^2) + eps) * w."""

    def __init__(self, width: int, epsilon: float):
        super().__init__()
        self.weight, self.epsilon = nn.Parameter(torch.ones(width)), epsilon

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Normalises the last dimension."""
        return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + self.epsilon) * self.weight


class Block(nn.Module):
    """One layer: attention and gated feed-forward, each on a normalised input and added to the stream."""

    def __init__(self, shape: Shape, bias: bool):
        super().__init__()
        self.shape = shape
        self.norm1, self.norm2 = Norm(shape.width, shape.epsilon), Norm(shape.width, shape.epsilon)
        self.qkv = nn.Linear(shape.width, 3 * shape.width, bias=bias)
        self.out = nn.Linear(shape.width, shape.width, bias=False)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: torch.Tensor, mask: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
        """x: batch, time, width."""
        batch, time, width = x.shape
        q, k, v = (t.view(batch, time, self.shape.heads, self.shape.head).transpose(1, 2)
                   for t in self.qkv(self.norm1(x)).chunk(3, -1))
        scores = torch.matmul(rotate(q, cos, sin), rotate(k, cos, sin).transpose(-1, -2)) * self.shape.head ** -0.5
        mixed = torch.matmul(torch.softmax(scores + mask, -1), v)
        x = x + self.out(mixed.transpose(1, 2).reshape(batch, time, width))
        gate, up = self.gate_up(self.norm2(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


def rotate(x: torch.Tensor, cos: torch.Tensor, sin: torch.Tensor) -> torch.Tensor:
    """Turns the pairs (2i, 2i+1) by position times frequency i."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), -1).flatten(-2)


class Model(nn.Module):
    """The whole model; logits are the hidden states times the embedding, transposed."""

    def __init__(self, shape: Shape, bias: bool = False):
        super().__init__()
        self.shape, self.bias = shape, bias
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape, bias) for _ in range(shape.layers))
        self.norm = Norm(shape.width, shape.epsilon)
        angles = torch.arange(shape.context).float()[:, None] * frequencies(shape)[None]
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        self.register_buffer("mask", torch.triu(torch.full((shape.context, shape.context), -1e9), 1), persistent=False)

    def hidden(self, ids: torch.Tensor) -> torch.Tensor:
        """Normalised hidden states: batch, time, width."""
        time = ids.shape[1]
        x = self.embedding(ids)
        for block in self.blocks:
            x = block(x, self.mask[:time, :time], self.cos[:time], self.sin[:time])
        return self.norm(x)

    def logits(self, ids: torch.Tensor) -> torch.Tensor:
        """Scores of every token at every place."""
        return self.hidden(ids) @ self.embedding.weight.t()

    def loss(self, ids: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """Mean cross entropy over the labels >= 0; only those rows go through the vocabulary."""
        rows = (labels.flatten() >= 0).nonzero().squeeze(1)
        return F.cross_entropy(self.hidden(ids).flatten(0, 1)[rows] @ self.embedding.weight.t(), labels.flatten()[rows])

    def parameters_count(self) -> int:
        """Number of trained values."""
        return sum(p.numel() for p in self.parameters())


@torch.no_grad()
def initialise(model: Model, seed: int) -> None:
    """Normal weights, and on top a structure in which copying is nearly built in.

    A plain start sits for minutes on a plateau before heads that copy ("induction heads", Olsson et al. 2022,
    "In-context Learning and Induction Heads") form. Here they are laid out:

    - embedding dimension 0 is the same constant for every token, so a head can attend by position alone;
    - three heads of layer 0 look 1, 2 and 3 tokens back (their keys are the query's constant turned by that
      many positions) and write what they see, projected by A, through orthonormal maps S1, S2, S3;
    - heads in layers 1 and 2 look for places whose predecessors equal the current token (and the one before),
      on the slowly turning pairs of dimensions, and copy what stands there.
    """
    torch.manual_seed(seed)
    shape = model.shape
    d, hd = shape.width, shape.head
    for name, p in model.named_parameters():
        if p.dim() == 2:
            last = name.endswith(("out.weight", "down.weight"))
            nn.init.normal_(p, 0, p.shape[1] ** -0.5 / math.sqrt(2 * shape.layers) if last else d ** -0.5)
        elif name.endswith("bias"):
            p.zero_()
    model.embedding.weight[:, 0] = 3 * d ** -0.5

    def orthonormal() -> torch.Tensor:  # head x width, blind to dimension 0
        basis = torch.linalg.qr(torch.randn(d - 1, hd))[0].t()
        return torch.cat([torch.zeros(hd, 1), basis], 1)

    theta = frequencies(shape)
    slow = (theta <= 0.012).repeat_interleave(2).nonzero().squeeze(1)
    seen, written = orthonormal(), [orthonormal() for _ in range(3)]

    def rows(layer: int, head: int, which: int) -> torch.Tensor:
        start = which * d + head * hd
        return model.blocks[layer].qkv.weight[start:start + hd]

    for head, back in enumerate((1, 2, 3)):
        q, k = rows(0, head, 0), rows(0, head, 1)
        gain = 1.6 * (24 / hd) ** 0.25
        q *= 0.1
        k *= 0.1
        q[0::2, 0] = gain
        k[0::2, 0], k[1::2, 0] = gain * torch.cos(back * theta), gain * torch.sin(back * theta)
        rows(0, head, 2).copy_(seen)
        model.blocks[0].out.weight[:, head * hd:(head + 1) * hd] = written[head].t() * 0.5
    for layer, head, pairs in ((1, 0, False), (1, 1, True), (2, 0, True)):
        q, k = rows(layer, head, 0), rows(layer, head, 1)
        q *= 0.1
        k *= 0.1
        n = len(slow) // 2 if pairs else len(slow)
        q[slow[:n]], k[slow[:n]] = 1.6 * seen[:n], 1.6 * written[0][:n]
        if pairs:
            rest = len(slow) - n
            q[slow[n:]], k[slow[n:]] = 1.6 * written[0][:rest], 1.6 * written[1][:rest]
        basis = orthonormal()
        rows(layer, head, 2).copy_(basis)
        model.blocks[layer].out.weight[:, head * hd:(head + 1) * hd] = basis.t() * 0.5
