using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

[Collection(Alone.Name)]
public sealed class EvaluationTests
{
    [Theory]
    [InlineData(7)]
    [InlineData(5)]
    [InlineData(3)]
    public void ItAgreesWithALoopOverImagesAndClasses(int classes)
    {
        using var data = SmallData.Create(classes: classes);
        random.manual_seed(3);
        using var network = new SmallNet(classes);
        var preprocessor = SmallData.Preprocessor(data);
        network.train();

        var evaluation = Evaluation.Measure(network, data.Train, preprocessor, batch: 8, CPU, new SilentLog());

        Assert.True(network.training);
        Assert.Equal(60, evaluation.Images);
        var (loss, wrong, wrongAt5) = NaiveEvaluation(network, data.Train, preprocessor);
        Assert.Equal(loss, evaluation.Loss, 5);
        Assert.Equal(wrong, evaluation.Top1Error, 12);
        Assert.Equal(wrongAt5, evaluation.Top5Error, 12);
        Assert.InRange(evaluation.Top1Error, 0.2, 1);
        Assert.True(classes > 5 == evaluation.Top5Error > 0, "with five classes or fewer the right one is always among the five strongest");
    }

    [Fact]
    public void ItStopsWhenAsked()
    {
        using var data = SmallData.Create();
        using var network = new SmallNet();

        Assert.Throws<OperationCanceledException>(
            () => Evaluation.Measure(network, data.Train, SmallData.Preprocessor(data), 8, CPU, new SilentLog(), stop: new CancellationToken(canceled: true)));
        Assert.True(network.training);
    }

    private static (double Loss, double Top1Error, double Top5Error) NaiveEvaluation(SmallNet network, ImageSet images, Preprocessor preprocessor)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        var (loss, wrong, wrongAt5) = (0.0, 0, 0);
        for (var image = 0; image < images.Count; image++)
        {
            var (stored, input) = (new byte[64], new float[64]);
            images.Read(image, stored);
            preprocessor.Evaluation(stored, input);
            var scores = network.call(tensor(input).reshape(1, 1, 8, 8)).data<float>().ToArray();
            var right = scores[images.Label(image)];
            var stronger = scores.Count(score => score > right);
            loss += Math.Log(scores.Sum(score => Math.Exp(score))) - right;
            wrong += stronger >= 1 ? 1 : 0;
            wrongAt5 += stronger >= 5 ? 1 : 0;
        }
        return (loss / images.Count, (double)wrong / images.Count, (double)wrongAt5 / images.Count);
    }
}
