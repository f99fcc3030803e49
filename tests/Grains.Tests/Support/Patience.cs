using Orleans.Runtime;

namespace AgenticOS.Grains.Tests.Support;

/// <summary>How tests wait: for a condition, with a bound that only a failure reaches.</summary>
public static class Patience
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var patience = new CancellationTokenSource(Bound);
        while (!await isSo())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException($"Waited {Bound.TotalSeconds} s in vain for {what}.");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    public static Task UntilAsync(Func<bool> isSo, string what) => UntilAsync(() => Task.FromResult(isSo()), what);

    /// <summary>The first answer that is no error of the cluster.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T?>> call, string what)
        where T : class
    {
        T? answer = null;
        await UntilAsync(
            async () =>
            {
                try
                {
                    answer = await call();
                }
                catch (Exception cause) when (cause is OrleansException or TimeoutException or ShouldAssertException)
                {
                    answer = null;
                }
                return answer is not null;
            },
            what);
        return answer!;
    }

    /// <summary>The answer, or null while the cluster is putting itself together again.</summary>
    public static async Task<T?> TryAsync<T>(Func<Task<T?>> call)
        where T : class
    {
        try
        {
            return await call();
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException)
        {
            return null;
        }
    }
}
