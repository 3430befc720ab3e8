namespace ZfDecl.Imaging;

/// <summary>How two pictures compare.</summary>
/// <param name="IsAccepted">Whether they differ no more than the tolerance allows.</param>
/// <param name="Finding">One line on what was found, with the tolerance.</param>
/// <param name="Share">The share of pixels with a channel beyond the tolerance, 0 … 1; 1 for pictures that cannot be laid over each other.</param>
/// <param name="Largest">The largest difference of a channel, 0 … 255; 255 for pictures that cannot be laid over each other.</param>
/// <param name="First">The first pixel beyond the tolerance in reading order (column, row); null where there is none.</param>
public sealed record PictureDifference(bool IsAccepted, string Finding, double Share, int Largest, (int X, int Y)? First);
