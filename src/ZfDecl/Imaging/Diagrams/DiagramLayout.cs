namespace ZfDecl.Imaging.Diagrams;

/// <summary>
/// Where the boxes of a drawn network stand: each in the row below the last of its inputs, and in the lane of one of them; where a network branches, the further
/// branches open lanes to the right, and so does a connection that passes by boxes.
/// </summary>
internal sealed class DiagramLayout
{
    private readonly IReadOnlyList<DiagramBox> boxes;
    private readonly int[] next;        // the box that stands in the same lane below each, -1 where none does
    private readonly List<List<(int First, int Last)>> taken = [];      // rows of each lane

    /// <param name="boxes">The boxes, each behind those that go into it.</param>
    public DiagramLayout(IReadOnlyList<DiagramBox> boxes)
    {
        this.boxes = boxes;
        (Rows, Lanes, next) = (new int[boxes.Count], new int[boxes.Count], [.. Enumerable.Repeat(-1, boxes.Count)]);
        for (var box = 0; box < boxes.Count; box++)
        {
            Rows[box] = boxes[box].Inputs.Select(input => Rows[input] + 1).DefaultIfEmpty(0).Max();
            foreach (var input in boxes[box].Inputs.Where(input => next[input] < 0))
                next[input] = box;
        }
        var edges = new List<DiagramEdge>();
        for (var box = 0; box < boxes.Count; box++)
        {
            Lanes[box] = LaneOf(box);
            edges.AddRange(boxes[box].Inputs.Select(input => new DiagramEdge(input, box, LaneBetween(input, box))));
        }
        Edges = edges;
    }

    /// <summary>The row of each box, from 0.</summary>
    public int[] Rows { get; }

    /// <summary>The lane of each box, from 0.</summary>
    public int[] Lanes { get; }

    /// <summary>What leads from box to box.</summary>
    public IReadOnlyList<DiagramEdge> Edges { get; }

    private int LaneOf(int box)
    {
        int[] above = [.. boxes[box].Inputs.Where(input => next[input] == box)];
        var last = Last(box);
        if (above is [var only] && boxes[box].Inputs.Count == 1)
            return Lanes[only];                             // its rows were taken with those of the box above
        foreach (var lane in above.Select(input => Lanes[input]).Order())
        {
            if (IsFree(lane, Rows[box], last))
                return Take(lane, Rows[box], last);
        }
        var inputs = boxes[box].Inputs;
        return inputs.Count == 0 ? Take(0, 0, last) : TakeFirst(inputs.Min(input => Lanes[input]) + 1, inputs.Min(input => Rows[input]) + 1, last);
    }

    /// <summary>The last row that a lane is needed for from a box on: where it ends, or runs into a box that joins several.</summary>
    private int Last(int box)
    {
        for (; next[box] >= 0; box = next[box])
        {
            if (boxes[next[box]].Inputs.Count > 1)
                return Rows[next[box]] - 1;
        }
        return Rows[box];
    }

    private int LaneBetween(int from, int to)
    {
        if (next[from] == to)
            return Lanes[from];
        return Rows[to] - Rows[from] == 1 || boxes[to].Inputs.All(input => next[input] != to)
            ? Lanes[to]
            : TakeFirst(Math.Min(Lanes[from], Lanes[to]) + 1, Rows[from] + 1, Rows[to] - 1);
    }

    private int TakeFirst(int lane, int first, int last)
    {
        while (!IsFree(lane, first, last))
            lane++;
        return Take(lane, first, last);
    }

    private bool IsFree(int lane, int first, int last) => lane >= taken.Count || taken[lane].All(rows => rows.Last < first || rows.First > last);

    private int Take(int lane, int first, int last)
    {
        while (taken.Count <= lane)
            taken.Add([]);
        taken[lane].Add((first, last));
        return lane;
    }
}

/// <summary>What leads from one box to another.</summary>
/// <param name="From">The box above.</param>
/// <param name="To">The box below.</param>
/// <param name="Lane">The lane in which it passes by the rows between.</param>
internal readonly record struct DiagramEdge(int From, int To, int Lane);
