using ZfDecl.Files;

namespace ZfDecl.Tests.Files;

/// <summary>Names that a spreadsheet would run stand behind a mark, which the readers take off.</summary>
public sealed class CsvFieldTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-cat", "'-cat")]
    [InlineData("+cat,\"a\"", "\"'+cat,\"\"a\"\"\"")]
    [InlineData("'=1", "''=1")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("+1e5", "+1e5")]
    [InlineData("T-shirt", "T-shirt")]
    [InlineData("", "")]
    public void ATextIsWrittenSo(string text, string field) => Assert.Equal(field, CsvField.Of(text));

    [Fact]
    public void EveryTextComesBackAsItWas()
    {
        var random = new Random(1);
        var texts = Enumerable.Range(0, 2000).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => "=+-@'\"\t, a1"[random.Next(11)])])).ToArray();
        var (_, read) = CsvRows.Read("a table", CsvLine.Of(texts)).Single();
        Assert.Equal(texts, read);
    }

    [Fact]
    public void ANumberIsUntouched() => Assert.Equal("-2,0.5,-Infinity\n", CsvLine.Of(-2, 0.5, double.NegativeInfinity));
}
