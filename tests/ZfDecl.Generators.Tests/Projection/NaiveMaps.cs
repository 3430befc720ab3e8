namespace ZfDecl.Generators.Tests.Projection;

/// <summary>Loops over maps, [map, row, column], for what is checked against loops.</summary>
internal static class NaiveMaps
{
    public static double[,,] Like(double[,,] maps) => new double[maps.GetLength(0), maps.GetLength(1), maps.GetLength(2)];

    public static double[,,] Map(double[,,] maps, Func<double, double> rule) => Map(maps, (value, _) => rule(value));

    public static double[,,] Map(double[,,] maps, Func<double, int, double> rule)
    {
        var result = Like(maps);
        Each(maps, (map, y, x) => result[map, y, x] = rule(maps[map, y, x], map));
        return result;
    }

    public static void Each(double[,,] maps, Action<int, int, int> visit)
    {
        for (var map = 0; map < maps.GetLength(0); map++)
            for (var y = 0; y < maps.GetLength(1); y++)
                for (var x = 0; x < maps.GetLength(2); x++)
                    visit(map, y, x);
    }
}
