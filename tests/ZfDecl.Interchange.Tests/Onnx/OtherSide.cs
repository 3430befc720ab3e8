using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>ONNX Runtime: the independent judge of what a model computes.</summary>
internal static class OtherSide
{
    /// <summary>The first output of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The name of its input.</param>
    /// <param name="images">[shape].</param>
    /// <param name="shape">The shape of the input.</param>
    public static float[] Run(byte[] model, string input, float[] images, params long[] shape)
    {
        using var options = Plain();
        using var session = new InferenceSession(model, options);
        return Run(session, input, images, shape);
    }

    /// <summary>The same of a file, whose weights may lie beside it.</summary>
    public static float[] RunFile(string path, string input, float[] images, params long[] shape)
    {
        using var options = Plain();
        using var session = new InferenceSession(path, options);
        return Run(session, input, images, shape);
    }

    private static float[] Run(InferenceSession session, string input, float[] images, long[] shape)
    {
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(input, new DenseTensor<float>(images, [.. shape.Select(size => (int)size)]))]);
        return [.. results[0].AsTensor<float>()];
    }

    // No optimisation: what is compared is the model as it is written.
    private static SessionOptions Plain() => new() { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
}
