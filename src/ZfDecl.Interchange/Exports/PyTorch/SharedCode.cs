namespace ZfDecl.Interchange.Exports.PyTorch;

/// <summary>What PyTorch has no function of, in Python: a file defines what its layers need. No name of a layer begins as these do.</summary>
internal static class SharedCode
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["_read"] = """"
            def _read(path):
                """The tensors of a safetensors file, by name. Nothing in it is executed."""
                kinds = {"F32": torch.float32, "F64": torch.float64, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64}
                with open(path, "rb") as file:
                    header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
                    start, tensors = file.tell(), {}
                    for name, entry in header.items():
                        if name != "__metadata__":
                            begin, end = entry["data_offsets"]
                            file.seek(start + begin)
                            tensors[name] = torch.frombuffer(bytearray(file.read(end - begin)), dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
                return tensors
            """",
        ["_Pixels"] = """"
            class _Pixels(nn.Module):
                """What is done to the pixels 0 ... 255 of images of the network's height and width: (pixels - mean) / std, then the channels in the network's order."""

                def __init__(self, mean, std, order):
                    super().__init__()
                    self.order = order
                    self.register_buffer("mean", torch.zeros(mean))
                    self.register_buffer("std", torch.ones(std))

                def forward(self, pixels):
                    return ((pixels - self.mean) / self.std)[:, self.order]
            """",
        ["_Affine"] = """"
            class _Affine(nn.Module):
                """A scale and a shift of each map: x * weight + bias."""

                def __init__(self, maps, trained):
                    super().__init__()
                    if trained:
                        self.weight, self.bias = nn.Parameter(torch.ones(maps)), nn.Parameter(torch.zeros(maps))
                    else:
                        self.register_buffer("weight", torch.ones(maps))
                        self.register_buffer("bias", torch.zeros(maps))

                def forward(self, x):
                    shape = (1, -1, 1, 1) if x.dim() == 4 else (1, -1)
                    return x * self.weight.view(shape) + self.bias.view(shape)
            """",
        ["_average"] = """"
            def _average(x, kernel, stride, dilation, beyond, counted):
                """The mean of each window over the positions that count: of what lies beyond the map (left, right, top, bottom), the counted part."""
                def total(maps):
                    return F.conv2d(maps, maps.new_ones(maps.shape[1], 1, *kernel), stride=stride, dilation=dilation, groups=maps.shape[1])
                units = F.pad(x.new_ones(1, 1, *x.shape[2:]), counted, value=1.0)
                units = F.pad(units, [side - within for side, within in zip(beyond, counted)])
                return total(F.pad(x, beyond)) / total(units)
            """",
        ["_contrast"] = """"
            def _contrast(x, size):
                """Local contrast normalisation, subtractive then divisive, over a Gaussian window and all maps (Jarrett et al. 2009)."""
                bell = torch.exp(-0.5 * ((torch.arange(size, dtype=x.dtype, device=x.device) - size // 2) / (size / 4.0)) ** 2)
                bell = bell / bell.sum()

                def blur(maps):
                    down = F.conv2d(maps, bell.view(1, 1, -1, 1), padding=(size // 2, 0))
                    return F.conv2d(down, bell.view(1, 1, 1, -1), padding=(0, size // 2))
                inside = blur(x.new_ones(1, 1, *x.shape[2:]))
                local = x - blur(x.mean(1, keepdim=True)) / inside
                deviation = (blur((local * local).mean(1, keepdim=True)) / inside).clamp(min=1e-8).sqrt()
                return local / torch.maximum(deviation, deviation.mean((2, 3), keepdim=True))
            """",
    };
}
