namespace AgenticOS.TcpFrontend.Tests;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentile_IsNeverTooLowAndAtMostAQuarterTooHigh()
    {
        foreach (var value in new long[] { 0, 1, 3, 4, 5, 7, 8, 100, 1000, 123_456, 60_000_000 })
        {
            var histogram = new LatencyHistogram();
            histogram.Record(value);
            histogram.Percentile(0.5).ShouldBeInRange(value, value + (value / 4), $"value {value}");
        }
    }

    [Fact]
    public void Percentiles_FollowTheCounts()
    {
        var histogram = new LatencyHistogram();
        histogram.Percentile(0.5).ShouldBe(0);
        for (var i = 0; i < 98; i++)
            histogram.Record(100);
        histogram.Record(10_000);
        histogram.Record(-5);
        histogram.Count.ShouldBe(100);
        histogram.Percentile(0.01).ShouldBe(0);
        histogram.Percentile(0.50).ShouldBeInRange(100, 125);
        histogram.Percentile(0.99).ShouldBeInRange(100, 125);
        histogram.Percentile(1).ShouldBeInRange(10_000, 12_500);
    }
}
