using AgenticOS.Conformance.Support;
using Orleans.Serialization;

namespace AgenticOS.Conformance;

[GenerateSerializer]
public sealed class QuotaExceededException(string message, int limit) : Exception(message)
{
    [Id(0)]
    public int Limit { get; } = limit;
}

/// <summary>An exception nobody generated a serializer for.</summary>
public sealed class UnmarkedException(string message) : InvalidOperationException(message);

public interface IFailingGrain : IGrainWithStringKey
{
    Task Fail(string kind);

    Task<int> FailWithResult();

    Task FailThrough(IFailingGrain other, string kind);

    Task<int> Survived();
}

public sealed class FailingGrain : Grain, IFailingGrain
{
    private int _failures;

    public Task Fail(string kind)
    {
        _failures++;
        throw kind switch
        {
            "argument" => new ArgumentException("bad argument"),
            "own" => new QuotaExceededException("too much", 7),
            "unmarked" => new UnmarkedException("plain"),
            "inner" => new InvalidOperationException("outer", new KeyNotFoundException("inner")),
            _ => new NotSupportedException(kind),
        };
    }

    public async Task<int> FailWithResult()
    {
        await Task.Yield();
        throw new KeyNotFoundException("no such thing");
    }

    public Task FailThrough(IFailingGrain other, string kind) => other.Fail(kind);

    public Task<int> Survived() => Task.FromResult(_failures);
}

/// <summary>
/// docs/grains/grain-error-handling (exceptions propagate to the caller by type);
/// src/Orleans.Serialization/ISerializableSerializer/ExceptionCodec.cs;
/// test/Orleans.DefaultCluster.Tests/ErrorGrainTest.cs.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class ErrorTests(ClusterFixture fixture)
{
    private IFailingGrain NewGrain() => fixture.Client.GetGrain<IFailingGrain>(Gate.FreshName());

    [Fact]
    public async Task FrameworkException_KeepsTypeAndMessage() =>
        (await Should.ThrowAsync<ArgumentException>(() => NewGrain().Fail("argument"))).Message
        .ShouldBe("bad argument");

    [Fact]
    public async Task AsyncFailure_OfACallWithResult_KeepsItsType() =>
        (await Should.ThrowAsync<KeyNotFoundException>(() => NewGrain().FailWithResult())).Message
        .ShouldBe("no such thing");

    [Fact]
    public async Task OwnException_KeepsItsMembers()
    {
        var thrown = await Should.ThrowAsync<QuotaExceededException>(() => NewGrain().Fail("own"));

        thrown.Limit.ShouldBe(7);
        thrown.Message.ShouldBe("too much");
    }

    // ExceptionSerializationOptions.SupportedNamespacePrefixes: only exceptions of Microsoft, System and Azure travel
    // without [GenerateSerializer]; the caller of any other sees the missing codec instead.
    [Fact]
    public async Task OwnExceptionWithoutSerializer_ArrivesAsCodecNotFound() =>
        await Should.ThrowAsync<CodecNotFoundException>(() => NewGrain().Fail("unmarked"));

    [Fact]
    public async Task InnerException_ComesAlong() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => NewGrain().Fail("inner")))
        .InnerException.ShouldBeOfType<KeyNotFoundException>().Message.ShouldBe("inner");

    [Fact]
    public async Task FailureOfAnInnerCall_PassesThroughUnchanged() =>
        (await Should.ThrowAsync<QuotaExceededException>(() => NewGrain().FailThrough(NewGrain(), "own")))
        .Limit.ShouldBe(7);

    // An exception ends the call, not the activation.
    [Fact]
    public async Task AfterAFailure_TheActivationKeepsItsMemory()
    {
        var grain = NewGrain();
        await Should.ThrowAsync<ArgumentException>(() => grain.Fail("argument"));
        await Should.ThrowAsync<NotSupportedException>(() => grain.Fail("other"));

        (await grain.Survived()).ShouldBe(2);
    }
}
