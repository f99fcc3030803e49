using Orleans.Runtime;

namespace Orleans
{
    /// <summary>
    /// Marks every grain interface; its methods return <see cref="Task"/> or <see cref="ValueTask"/>.
    /// </summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain with no more than an identity of some kind of key.</summary>
    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>A grain whose key is a GUID.</summary>
    public interface IGrainWithGuidKey : IGrain;

    /// <summary>A grain whose key is a string.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>
    /// Marks an interface whose objects live on a client or in a silo outside grains and can be called back.
    /// </summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>What the runtime asks of a grain class; <see cref="Grain"/> is the usual way to have it.</summary>
    public interface IGrainBase
    {
        /// <summary>The activation that holds this instance.</summary>
        IGrainContext GrainContext { get; }

        /// <summary>Runs before the first call; an exception fails the calls that caused the activation.</summary>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last call of a graceful end; never when the silo dies.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }
}

namespace Orleans.Runtime
{
    /// <summary>Something that can be sent messages: a grain or an observer.</summary>
    public interface IAddressable;

    /// <summary>Marks an interface that the runtime adds to grains beside their own.</summary>
    public interface IGrainExtension : IAddressable;
}
