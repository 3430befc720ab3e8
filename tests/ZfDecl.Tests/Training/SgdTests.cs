using TorchSharp.Modules;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

[Collection(Alone.Name)]
public sealed class SgdTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.9, 0)]
    [InlineData(0.9, 5e-4)]
    public void SixStepsAgreeWithTorchOptimSgd(double momentum, double weightDecay)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        // 300,001 values: more than one chunk, and a rest that fills no vector.
        var start = randn(300_001);
        var (ours, theirs) = (new Parameter(start.clone()), new Parameter(start.clone()));
        using var descent = new Sgd([ours], momentum, weightDecay);
        using var reference = optim.SGD([theirs], 0.1, momentum, weight_decay: weightDecay);
        for (var step = 0; step < 6; step++)
        {
            foreach (var parameter in (Parameter[])[ours, theirs])
            {
                parameter.grad = null;
                (parameter.pow(3).sum() / 30).backward();
            }
            descent.Step(0.1);
            reference.step();
        }

        var relative = ((ours - theirs).abs() / theirs.abs().clamp_min(1e-3)).max().item<float>();
        Assert.InRange(relative, 0, 1e-6);
        Assert.True((ours - start).abs().max().item<float>() > 0.1);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void FactorsOfRateAndDecayAreThoseOfTheFormula(ScalarType type)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(3);
        const double Rate = 0.1, Momentum = 0.9, Decay = 0.01;
        (double Rate, double Decay)[] factors = [(1, 1), (2, 0), (0.5, 3), (0, 1)];
        var starts = factors.Select(_ => randn(5).to(ScalarType.Float64)).ToArray();
        var parameters = starts.Select(start => new Parameter(start.to(type))).ToArray();
        using var descent = new Sgd(parameters.Zip(factors, (parameter, factor) => new TrainedParameter(parameter, factor.Rate, factor.Decay)), Momentum, Decay);
        // The same in plain numbers: the gradient of p² is 2 p.
        var naive = starts.Select(start => start.data<double>().ToArray()).ToArray();
        var velocity = naive.Select(values => new double[values.Length]).ToArray();
        for (var step = 0; step < 4; step++)
        {
            descent.ZeroGradients();
            foreach (var parameter in parameters)
                parameter.square().sum().backward();
            descent.Step(Rate);
            for (var of = 0; of < naive.Length; of++)
            {
                for (var i = 0; i < naive[of].Length; i++)
                {
                    velocity[of][i] = (Momentum * velocity[of][i]) + (2 * naive[of][i]) + (Decay * factors[of].Decay * naive[of][i]);
                    naive[of][i] -= Rate * factors[of].Rate * velocity[of][i];
                }
            }
        }

        for (var of = 0; of < naive.Length; of++)
            Assert.All(parameters[of].to(ScalarType.Float64).data<double>().ToArray().Zip(naive[of]), pair => Assert.Equal(pair.Second, pair.First, 5));
        Assert.Equal(starts[^1].to(type).to(ScalarType.Float64).data<double>().ToArray(), parameters[^1].to(ScalarType.Float64).data<double>().ToArray());      // frozen, to the bit
    }

    [Fact]
    public void TensorOperationsAgreeWithTheKernel()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        var start = randn(10, 7);
        // Doubles are no matter for the kernel, so the same numbers take the other path.
        var (floats, doubles) = (new Parameter(start.clone()), new Parameter(start.to(ScalarType.Float64)));
        using var descent = new Sgd([floats, doubles], 0.9, 0.01);
        for (var step = 0; step < 4; step++)
        {
            descent.ZeroGradients();
            (floats.square().sum().to(ScalarType.Float64) + doubles.square().sum()).backward();
            descent.Step(0.05);
        }

        Assert.InRange((floats.to(ScalarType.Float64) - doubles).abs().max().item<double>(), 0, 1e-6);
    }

    [Fact]
    public void TwoStepsByHand()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(1));
        using var descent = new Sgd([parameter], momentum: 0.5, weightDecay: 0.25);
        for (var step = 0; step < 2; step++)
        {
            descent.ZeroGradients();
            (parameter * 2).sum().backward();
            descent.Step(0.5);
        }

        // v = 2 + 0.25·1 = 2.25, p = 1 − 0.5·2.25 = −0.125; v = 0.5·2.25 + 2 − 0.25·0.125 = 3.09375, p = −0.125 − 0.5·3.09375 = −1.671875
        Assert.Equal(-1.671875f, parameter.item<float>());
    }

    [Fact]
    public void AParameterWithoutGradientStays()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(ones(3));
        using var descent = new Sgd([parameter], 0.9, 0.1);
        descent.Step(1);

        Assert.True(parameter.eq(1).all().item<bool>());
    }

    [Fact]
    public void AGradientOfAnotherLayoutIsFollowedAllTheSame()
    {
        using var scope = NewDisposeScope();
        var parameter = new Parameter(zeros(2, 3));
        using var descent = new Sgd([parameter], 0, 0);
        var slope = arange(6, ScalarType.Float32).reshape(3, 2).t();
        parameter.grad = slope.alias();
        descent.Step(1);

        Assert.True(parameter.eq(-slope).all().item<bool>());
    }
}
