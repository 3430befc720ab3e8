using ZfDecl.Networks.Recipes;

namespace ZfDecl.Training;

/// <summary>
/// The learning rate of each step: the recipe's rate, times a linear rise over the warm-up, times the fall that the recipe names.
/// </summary>
public sealed class LearningRateSchedule
{
    private const int PatienceEpochs = 3;

    private readonly TrainingRecipe recipe;
    private readonly double warmUpSteps;
    private readonly double totalSteps;
    private double lowestError = double.PositiveInfinity;
    private int epochsWithoutFall;
    private double plateauFactor = 1;

    /// <param name="recipe">The rate, the epochs, the warm-up and the kind of fall.</param>
    /// <param name="stepsPerEpoch">Minibatches in an epoch; at least 1.</param>
    public LearningRateSchedule(TrainingRecipe recipe, long stepsPerEpoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        this.recipe = recipe;
        warmUpSteps = recipe.WarmUp * stepsPerEpoch;
        totalSteps = (double)recipe.Epochs * stepsPerEpoch;
    }

    /// <summary>The rate for a step.</summary>
    /// <param name="step">Steps taken before it, in all epochs; from 0.</param>
    public double At(long step) => recipe.LearningRate * Rise(step) * Fall(step);

    /// <summary>Tells how an epoch ended, which <see cref="Annealing.Plateau"/> goes by.</summary>
    /// <param name="validationError">The top-1 error on the validation images.</param>
    public void EndEpoch(double validationError)
    {
        epochsWithoutFall = validationError < lowestError ? 0 : epochsWithoutFall + 1;
        lowestError = Math.Min(lowestError, validationError);
        if (recipe.Anneal != Annealing.Plateau || epochsWithoutFall < PatienceEpochs)
            return;
        plateauFactor /= 10;
        epochsWithoutFall = 0;
    }

    // 0 before the first step, so that the first one already learns; 1 from the end of the warm-up on.
    private double Rise(long step) => step + 1 >= warmUpSteps ? 1 : (step + 1) / warmUpSteps;

    private double Fall(long step) => recipe.Anneal switch
    {
        // From the end of the warm-up to the end of the last epoch, so that the full rate is reached.
        Annealing.Cosine when step > warmUpSteps => (1 + Math.Cos(Math.PI * Math.Min(1, (step - warmUpSteps) / (totalSteps - warmUpSteps)))) / 2,
        Annealing.Step => Math.Pow(10, -Math.Floor(Math.Min(2, 3 * step / totalSteps))),
        Annealing.Plateau => plateauFactor,
        _ => 1,
    };
}
