using ZfDecl.Interchange.Onnx.Nodes;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Views;

namespace ZfDecl.Interchange.Onnx.Operators;

/// <summary>Maps behind each other, and the channels of an image taken apart.</summary>
internal static class JoinRules
{
    public static IReadOnlyDictionary<string, OperatorRule> All { get; } = new Dictionary<string, OperatorRule> { ["Concat"] = Concat, ["Split"] = Split, ["Gather"] = Gather, ["Slice"] = Slice };

    private static IReadOnlyList<Operand?> Concat(NodeCall call)
    {
        if (call.Inputs.Count == 1)
            return [call.Inputs[0]];
        if (call.Inputs.All(input => input is Operand.Image))
            return [OfImages([.. call.Inputs.Cast<Operand.Image>()], call)];
        TensorView[] parts = [.. call.Inputs.Select((_, i) => call.View(i))];
        var axis = NodeCall.Axis(call.Int("axis", 1), parts[0].Dimensions.Count);
        if (parts.Any(part => !part.IsMaps(axis) || part.Shape.Flat != parts[0].Shape.Flat))
            parts = [.. parts.Select(part => part.Shape.Flat ? part : axis == 1 && part.Dimensions.Count == 2 ? ViewRules.Flattened(call, part) : part)];
        if (parts.Any(part => part.Dimensions.Count != parts[0].Dimensions.Count || !part.IsMaps(axis) || !part.LiesAs(parts[0], but: axis)))
            throw new NotDeclarableException($"it joins {string.Join(", ", parts.Select(part => $"{part}"))} along axis {axis}", "a spec's concat puts maps behind each other");
        var layer = call.Layer("concat", parts.Select(part => part.Source), parts[0].Shape with { Maps = checked(parts.Sum(part => part.Shape.Maps)) });
        return [new Operand.Activation(parts[0].WithMaps(layer, axis))];
    }

    private static Operand.Image OfImages(Operand.Image[] parts, NodeCall call)
    {
        var axis = NodeCall.Axis(call.Int("axis", 1), parts[0].View.Dimensions.Count);
        if (axis != ChannelAxis(parts[0].View))
            throw new NotDeclarableException("it joins parts of the image otherwise than by channels", "a spec takes an image as it is");
        return new Operand.Image(parts[0].View, Preparation.Joined([.. parts.Select(part => part.Preparation)]));
    }

    private static IReadOnlyList<Operand?> Split(NodeCall call)
    {
        var image = OfImage(call, call.Int("axis", 0));
        var channels = image.Preparation.Order.Length;
        var sizes = call.IntsOrInput("split", 1) ?? [.. Enumerable.Repeat((long)channels / call.Outputs, call.Outputs)];
        var begins = sizes.Select((_, i) => sizes.Take(i).Sum());
        return [.. begins.Zip(sizes, (begin, size) => image with { Preparation = image.Preparation.Channels([.. Enumerable.Range((int)begin, (int)size)]) })];
    }

    private static IReadOnlyList<Operand?> Gather(NodeCall call)
    {
        var (image, indices) = (OfImage(call, call.Int("axis", 0)), call.Constant(1, "indices"));
        return indices.Shape.Count == 1
            ? [image with { Preparation = image.Preparation.Channels([.. indices.Numbers.Select(index => NodeCall.Axis((long)index, image.Preparation.Order.Length))]) }]
            : throw new NotDeclarableException("it takes a single channel of the image", "a spec takes an image with all its channels");
    }

    private static IReadOnlyList<Operand?> Slice(NodeCall call)
    {
        var (begins, ends, axes, steps) = (call.IntsOrInput("starts", 1), call.IntsOrInput("ends", 2), call.IntsOrInput("axes", 3), call.IntsOrInput("steps", 4));
        if (begins is not [var begin] || ends is not [var end] || axes is not ([_] or null))
            throw Apart();
        var image = OfImage(call, axes?[0] ?? 0);
        var channels = image.Preparation.Order.Length;
        return [image with { Preparation = image.Preparation.Channels(ConstantShapes.Range(begin, end, steps?[0] ?? 1, channels)) }];
    }

    private static Operand.Image OfImage(NodeCall call, long axis) => call.Needed(0) is Operand.Image image && NodeCall.Axis(axis, image.View.Dimensions.Count) == ChannelAxis(image.View) ? image : throw Apart();

    private static int ChannelAxis(TensorView image) => image.Dimensions.Count == 4 && image.Dimensions[1].Any(part => part.Axis == Axis.Row) ? 3 : 1;

    private static NotDeclarableException Apart() => new("it takes a part of what goes in", "a spec has no layer that takes maps or pixels apart");
}
