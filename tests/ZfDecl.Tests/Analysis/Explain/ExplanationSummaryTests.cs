using ZfDecl.Analyses.Explain;
using static ZfDecl.Tests.Analysis.Explain.Explanations;

namespace ZfDecl.Tests.Analysis.Explain;

/// <summary>Each sentence, with numbers that say it and numbers that do not.</summary>
[Collection(Alone.Name)]
public class ExplanationSummaryTests
{
    [Fact]
    public void ASureAnswerIsNotCalledUnsure()
    {
        Says(Sure, "The network takes photo.png for cat, with a probability of 90.00\u00A0%.");
        SaysNot(Sure, "less than half");
        Says(Of([0.45, 0.35, 0.2]), "That is less than half: it is not sure, and the next is dog with 35.00\u00A0%.");
    }

    [Fact]
    public void TheSecondClassIsNamedWhereItCounts()
    {
        SaysNot(Sure, "The next is");
        Says(Of([0.7, 0.2, 0.1]), "The next is dog with 20.00\u00A0%.");
    }

    [Fact]
    public void WhatTheDataSayIsSaidWhereTheySayIt()
    {
        SaysNot(Sure, "The data say");
        Says(Sure with { Prediction = Sure.Prediction with { Class = "cat" } }, "The data say so too.");
        Says(Sure with { Prediction = Sure.Prediction with { Class = "dog" } }, "The data say that it is of class dog.");
    }

    [Fact]
    public void AnotherClassThatWasAskedForIsNamed()
    {
        SaysNot(Sure, "which was asked for");
        Says(Of([0.9, 0.06, 0.04], explained: 1), "What follows is about dog, which was asked for: its probability is 6.00\u00A0%.");
    }

    [Fact]
    public void APictureThatWasTrainedOnIsSaidToBe()
    {
        var alike = Sure.Alike("cat", "dog");
        SaysNot(alike, "is itself one of");
        var same = alike with { Similar = alike.Similar! with { Most = [alike.Similar.Most[0] with { IsSame = true }, alike.Similar.Most[1]] } };
        Says(same, "The picture is itself one of the training images (0.png)");
        SaysNot(same with { SimilarAreTraining = false }, "is itself one of");
        Says(same, "None of the 1 training images that are most alike in features are of class cat; 1 are of class dog.");         // itself does not count
    }

    [Fact]
    public void APartCountsWhereItsLossTakesTheProbability()
    {
        Says(Sure, "No single part decides: wherever a grey square of 4×4 pixels lies, the probability of cat stays at 90.00\u00A0% or above.");
        Says(Sure.Covered(8, 0.81f), "No single part decides: wherever a grey square of 4×4 pixels lies, the probability of cat stays at 81.00\u00A0% or above.");
        var needed = Sure.Covered(8, 0.3f);
        Says(needed, "It needs what lies in the lower right: with a grey square over rows 8–11 and columns 8–11 the probability of cat falls from 90.00\u00A0% to 30.00\u00A0%.");
        SaysNot(needed, "No single part decides");
        SaysNot(needed, "the picture is taken for");
        Says(Sure.Covered(0, 0.3f, taken: 2), "It needs what lies in the upper left: with a grey square over rows 0–3 and columns 0–3 the probability of cat falls from 90.00\u00A0% to 30.00\u00A0%, and the picture is taken for bird.");
    }

    [Fact]
    public void AMapCountsWhereItsLossChangesTheProbability()
    {
        SaysNot(Sure, "feature map");
        Says(Sure.With((4, 0.6), (5, 0.88)), "Of the 2 strongest maps of conv2, map 4 counts most: without it the probability is 60.00\u00A0%.");
        Says(Sure.With((4, 0.97), (5, 0.88)), "Of the 2 strongest maps of conv2, map 4 speaks against it: without it the probability is 97.00\u00A0%.");
        Says(Sure.With((4, 0.87), (5, 0.93)), "It hangs on no single feature map: without any one of the 2 strongest maps of conv2 the probability stays between 87.00\u00A0% and 93.00\u00A0%.");
        Says(Sure.With((4, 0.6)), "Of the one active map of conv2, map 4 counts most");
    }

    [Fact]
    public void WhatTheImagesMostAlikeAreOfIsSaidByTheirMajority()
    {
        SaysNot(Sure, "most alike");
        SaysNot(Sure.Alike("", ""), "most alike");                        // nobody knows their classes
        Says(Sure.Alike("cat", "cat", "cat"), "All of the 3 training images that are most alike in features are of class cat.");
        Says(Sure.Alike("cat", "cat", "dog"), "2 of the 3 training images that are most alike in features are of class cat.");
        Says(Sure.Alike("cat", "dog", "dog", "dog"), "1 of the 4 training images that are most alike in features is of class cat; 3 are of class dog.");
        Says(Sure.Alike("cat", "dog", "bird"), "Of the 3 training images that are most alike in features no class has more than half: the features lie between classes.");
        Says(Sure.Alike("cat") with { SimilarAreTraining = false }, "All of the 1 images of the data that are most alike in features are of class cat.");
    }

    [Fact]
    public void RulesAgreeWhereTheirOrdersDoAndCoveringCounts()
    {
        Says(Sure.Covered(8, 0.3f).Rules(0.7, 0.5), "Occlusion, Grad-CAM and integrated gradients name much the same pixels.");
        Says(Sure.Covered(8, 0.3f).Rules(0.1, -0.3), "Grad-CAM and integrated gradients name other pixels than occlusion does: which ones count depends on how one asks.");
        var between = Sure.Covered(8, 0.3f).Rules(0.7, 0.3);
        SaysNot(between, "much the same pixels");
        SaysNot(between, "other pixels than occlusion");
        SaysNot(Sure.Rules(0.7, 0.5), "much the same pixels");            // where covering changes nothing, its order is none
        SaysNot(Sure.Rules(0.1, 0.1), "other pixels than occlusion");
    }

    [Fact]
    public void RulesNameNeededPixelsWhereTheClassGoesSoonerThanAtRandom()
    {
        var covered = Sure.Covered(8, 0.3f);
        Says(covered.Rules(0.3, 0.3, deletion: 0.6), "No rule names pixels whose loss takes the class away sooner than the loss of pixels drawn at random");
        Says(covered.Rules(0.3, 0.3, deletion: 0.2), "those named by occlusion, Grad-CAM and integrated gradients first, the class is gone sooner than with pixels in a random order.");
        var one = covered.Rules(0.3, 0.3, deletion: 0.6);
        Says(one with { Rules = [one.Rules[0] with { Deletion = 0.1 }, .. one.Rules.Skip(1)] }, "those named by occlusion first, the class is gone sooner than with pixels in a random order; the other rules name pixels that count for less.");
        SaysNot(Sure.Rules(0.3, 0.3, deletion: 0.2), "random order");
    }

    [Fact]
    public void AMapWithoutClassesIsExplainedByItsActivity()
    {
        var falling = OfMap(value: 3, clean: 10, least: 2);
        Says(falling, "'Toy' tells no classes apart: explained is map 2 of conv2.");
        Says(falling, "Its strongest activation in photo.png is 3.00, at row 1, column 2.");
        Says(falling, "It looks at what lies in the lower right: with a grey square over rows 8–11 and columns 8–11 its summed activity falls from 10.0 to 2.00.");
        SaysNot(falling, "The network takes");
        Says(OfMap(value: 3, clean: 10, least: 8), "It hangs on no single part: wherever a grey square of 4×4 pixels lies, its summed activity stays at 8.00 or above, where it is 10.0 with nothing covered.");
        SaysNot(OfMap(value: 3, clean: 10, least: 8), "It looks at");
        Says(OfMap(value: 0, clean: 0, least: 0), "Nothing in photo.png excites it.");
        SaysNot(OfMap(value: 0, clean: 0, least: 0), "summed activity");
        SaysNot(falling, "most alike");
        Says(falling.Alike("cat", ""), "Of 100 training images the most alike in features is 0.png (cat), with a cosine of 0.90; half of them have 0.30 or more.");
    }

    private static void Says(Explanation found, string sentence) =>
        Assert.True(string.Join('\n', new ExplanationSummary(found).Sentences()).Contains(sentence, StringComparison.Ordinal), string.Join('\n', new ExplanationSummary(found).Sentences()));

    private static void SaysNot(Explanation found, string sentence) => Assert.DoesNotContain(sentence, string.Join('\n', new ExplanationSummary(found).Sentences()), StringComparison.Ordinal);
}
