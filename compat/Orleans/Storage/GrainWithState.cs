using Orleans.Core;
using Orleans.Providers;
using Orleans.Runtime;

namespace Orleans.Providers
{
    /// <summary>Names every built-in provider.</summary>
    public static class ProviderConstants
    {
        /// <summary>The name of the storage provider that grains use when they name none.</summary>
        public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";

        /// <summary>The name of the storage provider that keeps stream subscriptions.</summary>
        public const string DEFAULT_PUBSUB_PROVIDER_NAME = "PubSubStore";
    }

    /// <summary>Chooses the storage provider of a <see cref="Grain{TGrainState}"/>.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class StorageProviderAttribute : Attribute
    {
        /// <summary>The provider's name.</summary>
        public string ProviderName { get; set; } = ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
    }
}

namespace Orleans
{
    /// <summary>A grain with one stored state, read before activation.</summary>
    public class Grain<TGrainState> : Grain
    {
        private readonly IStorage<TGrainState> _storage;

        /// <summary>Takes the storage that <see cref="StorageProviderAttribute"/> names.</summary>
        protected Grain()
        {
            var attribute = (StorageProviderAttribute?)Attribute.GetCustomAttribute(
                GetType(), typeof(StorageProviderAttribute));
            _storage = new PersistentStateFactory().Create<TGrainState>(
                GrainContext, new PersistentStateAttribute("state", attribute?.ProviderName));
        }

        /// <summary>Takes the storage given.</summary>
        protected Grain(IStorage<TGrainState> storage) => _storage = storage;

        /// <summary>The state in memory.</summary>
        protected TGrainState State
        {
            get => _storage.State;
            set => _storage.State = value;
        }

        /// <inheritdoc cref="IStorage.ClearStateAsync()"/>
        protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

        /// <inheritdoc cref="IStorage.WriteStateAsync()"/>
        protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

        /// <inheritdoc cref="IStorage.ReadStateAsync()"/>
        protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
    }
}
