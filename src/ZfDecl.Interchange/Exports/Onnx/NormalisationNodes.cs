using ZfDecl.Generators.Model;

namespace ZfDecl.Interchange.Exports.Onnx;

/// <summary>Normalisations.</summary>
internal static class NormalisationNodes
{
    private static readonly string[] OfBatch = ["weight", "bias", "running_mean", "running_var"];

    public static void Batch(LayerNodes at, Operation.BatchNormalisation of) => at.Result("BatchNormalization",
        [at.X, .. OfBatch.Select(tensor => at.Weight(tensor, at.Output.Maps))], ("epsilon", (float)of.Epsilon), ("momentum", (float)(1 - of.Momentum)));

    /// <summary>The operator knows an odd number of maps alone; of an even one the sum of squares is a convolution of kernel 1 with a band.</summary>
    public static void AcrossMaps(LayerNodes at, Operation.AcrossMaps of)
    {
        if (of.Size % 2 == 1)
        {
            at.Result("LRN", [at.X], ("alpha", (float)of.Alpha), ("beta", (float)of.Beta), ("bias", (float)of.K), ("size", (long)of.Size));
            return;
        }
        var maps = at.Input.Maps;
        at.Room((long)maps * maps);
        var band = new float[maps * maps];
        for (var map = 0; map < maps; map++)
            for (var other = Math.Max(0, map - of.Size / 2); other <= Math.Min(maps - 1, map + (of.Size - 1) / 2); other++)
                band[map * maps + other] = (float)(of.Alpha / of.Size);
        var sum = at.Step("sum", "Conv", [Square(at, at.X), at.Constant("band", band, maps, maps, 1, 1), at.Constant("k", [.. Enumerable.Repeat((float)of.K, maps)], maps)], ("kernel_shape", new long[] { 1, 1 }));
        Divide(at, sum, of.Beta);
    }

    public static void WithinMaps(LayerNodes at, Operation.WithinMaps of)
    {
        var half = (long)(of.Size / 2);
        var mean = at.Step("mean", "AveragePool", [Square(at, at.X)],
            ("kernel_shape", new long[] { of.Size, of.Size }), ("strides", new long[] { 1, 1 }), ("pads", new[] { half, half, half, half }), ("count_include_pad", 1L));
        Divide(at, at.Step("sum", "Add", [at.Step("weighted", "Mul", [mean, at.Constant("alpha", of.Alpha)]), at.Constant("k", of.K)]), of.Beta);
    }

    /// <summary>v = x − Σ w·x and y = v / max(c, σ): see <see cref="ZfDecl.Networks.Kernels.LocalContrastNormalization"/>, whose weights and whose least deviation these are.</summary>
    public static void Contrast(LayerNodes at, Operation.ContrastNormalisation of)
    {
        const double leastVariance = 1e-8;
        at.Room((long)at.Input.Height * at.Input.Width);
        double[] bell = [.. Enumerable.Range(0, of.Size).Select(i => Math.Exp(-0.5 * Math.Pow((i - of.Size / 2) / (of.Size / 4.0), 2)))];
        bell = [.. bell.Select(weight => weight / bell.Sum())];
        float[] weights = [.. bell.Select(weight => (float)weight)];
        var (down, across) = (at.Constant("down", weights, 1, 1, of.Size, 1), at.Constant("across", weights, 1, 1, 1, of.Size));
        double[] rows = Inside(bell, at.Input.Height), columns = Inside(bell, at.Input.Width);
        var inside = at.Constant("inside", [.. rows.SelectMany(row => columns.Select(column => (float)(row * column)))], 1, 1, at.Input.Height, at.Input.Width);

        var local = at.Step("local", "Sub", [at.X, Blur("mean", at.Mean("maps", at.X, 1))]);                                // v
        var variance = Blur("variance", at.Mean("squares", Square(at, local), 1));
        var deviation = at.Step("deviation", "Sqrt", [at.Step("positive", "Max", [variance, at.Constant("least", leastVariance)])]);
        at.Result("Div", [local, at.Step("divisor", "Max", [deviation, at.Mean("typical", deviation, 2, 3)])]);             // c is the mean of σ

        string Blur(string name, string map)
        {
            var half = (long)(of.Size / 2);
            var blurred = at.Step($"{name}-down", "Conv", [map, down], ("kernel_shape", new long[] { of.Size, 1 }), ("pads", new[] { half, 0, half, 0 }));
            return at.Step(name, "Div", [at.Step($"{name}-across", "Conv", [blurred, across], ("kernel_shape", new long[] { 1, of.Size }), ("pads", new[] { 0, half, 0, half })), inside]);
        }
    }

    /// <summary>Of each place along an axis, the weights of a window around it that lie inside.</summary>
    private static double[] Inside(double[] bell, int extent) =>
        [.. Enumerable.Range(0, extent).Select(place => bell.Where((_, i) => place + i - bell.Length / 2 is var at && at >= 0 && at < extent).Sum())];

    private static string Square(LayerNodes at, string x) => at.Step("square", "Mul", [x, x]);

    /// <summary>x · sum^−beta.</summary>
    private static void Divide(LayerNodes at, string sum, double beta) => at.Result("Mul", [at.X, at.Step("power", "Pow", [sum, at.Constant("exponent", -beta)])]);
}
