namespace AgenticOS.Grains.Catalog;

/// <summary>Times of the catalog.</summary>
internal static class CatalogLimits
{
    /// <summary>A silo reports this often when nothing happens, and at once when something does.</summary>
    public static readonly TimeSpan ReportPeriod = TimeSpan.FromSeconds(1);

    /// <summary>A silo that was not heard of for this long holds nothing any more, as far as the catalog is
    /// concerned.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>How often the model folders are looked through.</summary>
    public static readonly TimeSpan ScanPeriod = TimeSpan.FromSeconds(5);
}
