using System.Numerics;
using System.Text.RegularExpressions;
using ZfDecl.Data.Sets;

namespace ZfDecl.Tests.Data;

public sealed class NaturalOrderTests
{
    private static readonly string[] Ordered = ["", "-1", "0", "01", "1", "2", "10", "100", "B", "a", "img", "img2", "img2a", "img02b", "img10", "x1y2", "x1y10", "x2y1"];

    [Fact]
    public void NumbersInNamesSortAsNumbers()
    {
        Assert.Equal(Ordered, Ordered.Reverse().Order(NaturalOrder.Names));
        Assert.Equal(Ordered, Ordered.Order(StringComparer.Ordinal).Order(NaturalOrder.Names));
    }

    [Fact]
    public void NamesWithoutNumbersOrWithAsManyDigitsStayInOrdinalOrder()
    {
        string[] names = ["n01440764", "n01443537", "T-shirt/top", "Trouser", "zebra", "Ähre", "001.ak47", "257.clutter"];
        Assert.Equal(names.Order(StringComparer.Ordinal), names.Order(NaturalOrder.Names));
    }

    [Fact]
    public void ItIsTheOrderOfTheirPartsTextByTextAndNumberByNumber()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 20_000; trial++)
        {
            var (x, y) = (Name(), Name());
            Assert.Equal(Math.Sign(Naive(x, y)), Math.Sign(NaturalOrder.Names.Compare(x, y)));
        }

        string Name() => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "0012a/é"[random.Next(7)]));
    }

    // Tuples of parts, a part a run of digits or one other character, compared one by one; as texts where all are equal.
    private static int Naive(string x, string y)
    {
        var (left, right) = (Regex.Matches(x, "[0-9]+|[^0-9]"), Regex.Matches(y, "[0-9]+|[^0-9]"));
        foreach (var (one, other) in left.Zip(right, (one, other) => (one.Value, other.Value)))
        {
            var order = BigInteger.TryParse(one, out var number) && BigInteger.TryParse(other, out var another) ? number.CompareTo(another) : one[0].CompareTo(other[0]);
            if (order != 0)
                return order;
        }
        return left.Count != right.Count ? left.Count.CompareTo(right.Count) : string.CompareOrdinal(x, y);
    }
}
