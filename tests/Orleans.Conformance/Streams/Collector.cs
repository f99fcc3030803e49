using AgenticOS.Conformance.Support;
using Orleans.Concurrency;
using Orleans.Streams;

namespace AgenticOS.Conformance.Streams;

/// <summary>A subscriber that keeps what it gets, in order, with the tokens.</summary>
public sealed class Collector : IAsyncObserver<Tick>
{
    private readonly Journal _journal = Journal.Of(Gate.FreshName());

    public List<StreamSequenceToken?> Tokens { get; } = [];

    /// <summary>Every number received, in order of arrival.</summary>
    public IReadOnlyList<string> Received => _journal.Entries;

    public Task OnNextAsync(Tick item, StreamSequenceToken? token = null)
    {
        Tokens.Add(token);
        _journal.Add(item.ToString());
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        _journal.Add("error " + ex.GetType().Name);
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>Completes when that many have come.</summary>
    public Task<IReadOnlyList<string>> Reaches(int count) => _journal.Reaches(count);

    /// <summary>What a subscriber of that much of one producer's stream must have received.</summary>
    public static string[] Expected(string producer, int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => new Tick(producer, i).ToString())];
}

/// <summary>The event of these tests.</summary>
[GenerateSerializer, Immutable]
public sealed record Tick([property: Id(0)] string Producer, [property: Id(1)] int Number)
{
    public override string ToString() => $"{Producer}#{Number}";
}
