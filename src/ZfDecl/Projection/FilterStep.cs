using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Projection;

/// <summary>
/// The step of a windowed projection through a convolution: the transposed filters. Every value that is not 0 adds its filter, scaled, to the patch of the
/// input that its unit sees.
/// </summary>
/// <remarks>
/// A patch is a few runs of neighbouring values: a row of the kernel in all maps where its taps touch, else one tap in the maps of one group. Filters
/// are packed with each run padded to whole vectors, and cut into blocks of values whose sums stay in registers while the entries of a position go by;
/// a block of all filters stays in the cache while all positions of all signals go by.
/// </remarks>
internal sealed class FilterStep : WindowStep
{
    private const int Lanes = 8, Block = FilterKernel.Block;
    private const int CacheBytes = 1 << 20;     // that a core may be trusted to keep from one signal to the next

    private readonly FeatureShape input;
    private readonly LayerWindow window;
    private readonly int groups;
    private readonly int mapsOfGroup;           // that it yields
    private readonly Piece[][] blocks;          // what each block of a patch is added to
    private readonly float[] packed;            // [groups, blocks, maps of the group, Block]

    /// <param name="layer">The convolution.</param>
    /// <param name="input">The shape of its input.</param>
    /// <param name="weight">Its filters, [maps, input maps / groups, kernel height, kernel width]; copied.</param>
    public FilterStep(LayerInfo layer, FeatureShape input, Tensor weight)
    {
        (this.input, window, groups, mapsOfGroup) = (input, layer.Window!.Value, layer.Groups, layer.Output.Maps / layer.Groups);
        var channels = input.Maps / groups;
        var runs = Runs(window, channels, whole: groups == 1 && window.DilationX == 1);
        blocks = Cut(runs);
        packed = Pack(runs, channels, weight);
    }

    public override bool IsLarge => packed.Length * sizeof(float) > CacheBytes;

    public override void Take(ProjectionState state, in LayerViews views) => Take(new ReadOnlySpan<ProjectionState>(in state), views);

    public override void Take(ReadOnlySpan<ProjectionState> states, in LayerViews views)
    {
        foreach (var state in states)
        {
            state.Entries.Gather(state.Signal, groups);
            state.Below(window.Below(state.Signal.Region), input.Maps);
        }
        for (var group = 0; group < groups; group++)
        {
            for (var block = 0; block < blocks.Length; block++)
            {
                foreach (var state in states)
                    Add(state, group, block);
            }
        }
        foreach (var state in states)
        {
            state.Next.ClipTo(input.Height, input.Width);
            state.Advance();
        }
    }

    /// <summary>Adds one block of the patches of all positions.</summary>
    private unsafe void Add(ProjectionState state, int group, int block)
    {
        var (region, below, entries, pieces) = (state.Signal.Region, state.Next, state.Entries, blocks[block]);
        var half = pieces[^1].Offset + pieces[^1].Length <= Block / 2;
        var row = below.Region.Width * input.Maps;
        var sum = stackalloc float[Block];
        fixed (float* filters = packed, values = entries.Values, into = &below.First)
        fixed (int* starts = entries.Starts, maps = entries.Maps)
        {
            var ofBlock = filters + ((((long)group * blocks.Length) + block) * mapsOfGroup * Block);
            var segment = starts + group;
            for (var y = 0; y < region.Height; y++)
            {
                var at = into + (y * window.StrideY * row) + (group * (input.Maps / groups));
                for (var x = 0; x < region.Width; x++, segment += groups, at += window.StrideX * input.Maps)
                {
                    var (begin, end) = (segment[0], segment[1]);
                    if (begin == end)
                        continue;
                    FilterKernel.Sum(ofBlock, maps + begin, values + begin, end - begin, sum, half);
                    foreach (ref readonly var piece in pieces.AsSpan())
                        Add(sum + piece.Offset, at + (piece.Row * row) + piece.Position, piece.Length);
                }
            }
        }
    }

    private static unsafe void Add(float* sum, float* to, int length)
    {
        for (var i = 0; i < length; i += Lanes)
            (Vector256.Load(to + i) + Vector256.Load(sum + i)).Store(to + i);
    }

    private static List<Run> Runs(LayerWindow window, int channels, bool whole)
    {
        var runs = new List<Run>();
        for (var y = 0; y < window.KernelHeight; y++)
        {
            for (var x = 0; x < (whole ? 1 : window.KernelWidth); x++)
                runs.Add(new(y, x, whole ? window.KernelWidth * channels : channels));
        }
        return runs;
    }

    private Piece[][] Cut(List<Run> runs)
    {
        var pieces = new List<List<Piece>>();
        var offset = 0;
        foreach (var run in runs)
        {
            for (var begin = 0; begin < run.Padded;)
            {
                if (offset % Block == 0)
                    pieces.Add([]);
                var length = Math.Min(run.Padded - begin, Block - (offset % Block));
                pieces[^1].Add(new(run.Y * window.DilationY, (run.X * window.DilationX * input.Maps) + begin, offset % Block, length));
                (begin, offset) = (begin + length, offset + length);
            }
        }
        return [.. pieces.Select(block => block.ToArray())];
    }

    private float[] Pack(List<Run> runs, int channels, Tensor weight)
    {
        using var scope = NewDisposeScope();
        var dense = weight.detach().contiguous();
        var filters = MemoryMarshal.Cast<byte, float>(dense.bytes);         // [maps, channels, kernel height, kernel width]
        var (taps, result) = (window.KernelHeight * window.KernelWidth, new float[(long)groups * blocks.Length * mapsOfGroup * Block]);
        var start = 0;
        foreach (var run in runs)
        {
            for (var i = 0; i < run.Length; i++)
            {
                var (block, lane) = Math.DivRem(start + i, Block);
                var source = (i % channels * taps) + (run.Y * window.KernelWidth) + run.X + (i / channels);
                for (var map = 0; map < groups * mapsOfGroup; map++)
                    result[(((((long)map / mapsOfGroup * blocks.Length) + block) * mapsOfGroup) + (map % mapsOfGroup)) * Block + lane] = filters[(map * channels * taps) + source];
            }
            start += run.Padded;
        }
        GC.KeepAlive(dense);
        return result;
    }

    /// <param name="Y">The row of the kernel.</param>
    /// <param name="X">The first tap in it.</param>
    /// <param name="Length">Neighbouring values of the input.</param>
    private readonly record struct Run(int Y, int X, int Length)
    {
        /// <summary>Filled up with zeros to whole vectors.</summary>
        public int Padded => (Length + Lanes - 1) / Lanes * Lanes;
    }

    /// <summary>A part of a block that is added to neighbouring values.</summary>
    /// <param name="Row">Rows below the patch's first.</param>
    /// <param name="Position">Values to the right of the patch's first in that row.</param>
    /// <param name="Offset">Where it lies in the block.</param>
    /// <param name="Length">Its length; a multiple of 8.</param>
    private readonly record struct Piece(int Row, int Position, int Offset, int Length);
}
