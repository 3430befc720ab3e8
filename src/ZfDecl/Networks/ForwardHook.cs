using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>Looks at what a layer yields while the network runs.</summary>
/// <param name="layer">Index of the layer.</param>
/// <param name="maps">
/// [N, maps, height, width] or [N, units], to be read before the method returns. Where <paramref name="rows"/> are given, as they are before the
/// layer, a relu, rectifies them.
/// </param>
/// <param name="rows">The largest rectified values, where the pass has them already; every unit is in one of their windows. Null elsewhere.</param>
public delegate void ForwardHook(int layer, Tensor maps, RowMaxima? rows);
