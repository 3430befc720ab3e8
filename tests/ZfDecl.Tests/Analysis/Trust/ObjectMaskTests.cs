using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Trust;

namespace ZfDecl.Tests.Analysis.Trust;

public class ObjectMaskTests
{
    // Of 3×4 pixels the object has the four in the middle columns of the first two rows.
    private static readonly ObjectMask Mask = new([false, true, true, false, false, true, true, false, false, false, false, false], 3, 4);

    [Fact]
    public void EnergyIsSquaredAndSummedOverChannels()
    {
        // A region of 2×2 at (1, 2): inside is its upper left pixel alone. Energy 4 + 16 of 4 + 1 + 1 + 1 + 16 + 4.
        float[] projection = [2, 1, -1, 1, -4, 0, 0, 2];
        Assert.Equal(20.0 / 27, Mask.EnergyShare(projection, new(1, 2, 2, 2))!.Value, 12);
    }

    [Fact]
    public void WhatLiesBeyondTheImageIsNotTheObject()
    {
        Assert.Equal(0.5, Mask.EnergyShare([1, 1], new(-1, 1, 2, 1)));
        Assert.Equal(1.0, Mask.AreaWithin(new(-1, 1, 2, 1)));       // the one row that lies inside
        Assert.False(Mask[-1, 1] || Mask[0, 4]);
    }

    [Fact]
    public void AnEmptyProjectionHasNoShare() => Assert.Null(Mask.EnergyShare([0, 0], new(0, 0, 1, 2)));

    [Fact]
    public void TheMiddleOfTheSquareDecides()
    {
        var grid = new OccluderGrid(new(1, 3, 4), size: 1, stride: 1);
        var maps = new OcclusionMaps
        {
            Grid = grid,
            Layer = null!,
            Map = 0,
            Class = 0,
            Activity = new float[12],
            Probability = [1, 1, 1, 1, 1, 0.5f, 1, 0.9f, 1, 1, 0.5f, 1],
            Predicted = new int[12],
            CleanActivity = 0,
            CleanProbability = 1,
            CleanPredicted = 0,
        };
        var hit = PointingGame.Of(7, maps, Mask);
        Assert.Equal(((1, 1), true, 4.0 / 12, 0.5f), (hit.Least, hit.MiddleInside, hit.MiddleChance, hit.Probability));
    }

    [Fact]
    public void APixelHasTheMeanOfTheSquaresThatCoverIt()
    {
        // 2×3 pixels hold two squares of 2×2, side by side: the middle column is under both.
        var maps = new OcclusionMaps
        {
            Grid = new(new(1, 2, 3), size: 2, stride: 1),
            Layer = null!,
            Map = 0,
            Class = 0,
            Activity = [0, 0],
            Probability = [0.25f, 0.75f],
            Predicted = [0, 0],
            CleanActivity = 0,
            CleanProbability = 1,
            CleanPredicted = 0,
        };
        Assert.Equal([0.25, 0.5, 0.75, 0.25, 0.5, 0.75], maps.ProbabilityByPixel());
    }
}
