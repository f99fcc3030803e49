using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using AgenticOS.TcpFrontend.Connections;
using AgenticOS.TcpFrontend.Output;
using AgenticOS.TcpFrontend.Tests.Stage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.TcpFrontend.Tests;

public class OutboxTests
{
    /// <summary><c>DATA raw 9\r\n</c> and nine bytes.</summary>
    private const int FrameBytes = 21;

    [Fact]
    public async Task UnsentBytes_AreLimitedToTheByte()
    {
        const int Unsent = FrameBytes * 3;
        foreach (var limit in new[] { Unsent - 1, Unsent, Unsent + 1 })
        {
            var isOver = Unsent > limit;
            var (outbox, _, faults) = Create(limit, new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
            outbox.Data("123456789"u8);
            outbox.Kick();
            outbox.Data("123456789"u8);
            outbox.IsBroken.ShouldBeFalse("two frames are within every limit");
            outbox.Data("123456789"u8);
            outbox.IsBroken.ShouldBe(isOver, $"limit {limit}, unsent {Unsent}");
            if (isOver)
                (await faults.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(OutboxFault.SlowReader);
        }
    }

    [Fact]
    public async Task FramesOfManyThreads_AreWholeAndAllThere()
    {
        var (outbox, pipe, _) = Create(1 << 20, PipeOptions.Default);
        var reading = Task.Run(async () =>
        {
            var text = new StringBuilder();
            while (true)
            {
                var read = await pipe.Reader.ReadAsync();
                text.Append(Encoding.ASCII.GetString(read.Buffer));
                pipe.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return text.ToString();
            }
        });
        var writers = Enumerable.Range(0, 8).Select(w => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                outbox.Data("123456789"u8);
                outbox.Kick();
            }
        }));
        await Task.WhenAll(writers);
        await outbox.DrainAsync();
        await pipe.Writer.CompleteAsync();
        (await reading).ShouldBe(string.Concat(Enumerable.Repeat("DATA raw 9\r\n123456789", 4000)));
    }

    [Fact]
    public async Task PeerThatIsGone_EndsTheOutboxOnce()
    {
        var (outbox, pipe, faults) = Create(1000, PipeOptions.Default);
        await pipe.Reader.CompleteAsync();
        outbox.Data("123456789"u8);
        outbox.Kick();
        (await faults.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(OutboxFault.PeerGone);
        for (var i = 0; i < 1000; i++)
            outbox.Data("123456789"u8);
        await outbox.DrainAsync();
    }

    private static (Outbox Outbox, Pipe Pipe, Task<OutboxFault> Faults) Create(long limit, PipeOptions pipeOptions)
    {
        var time = new FakeClock();
        var options = new FrontendOptions { Limits = new FrontendLimits { UnsentBytes = limit } };
        var counters = new FrontendCounters(time);
        var services = new FrontendServices(
            options, null!, time, counters, new OutputRouter(counters), null!, NullLogger.Instance);
        var pipe = new Pipe(pipeOptions);
        var faults = new TaskCompletionSource<OutboxFault>();
        return (new Outbox(pipe.Writer, services, faults.SetResult), pipe, faults.Task);
    }
}
