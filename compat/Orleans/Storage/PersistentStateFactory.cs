using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime
{
    /// <summary>Makes persistent state in the storage providers of the silo.</summary>
    public class PersistentStateFactory : IPersistentStateFactory
    {
        /// <inheritdoc/>
        /// <exception cref="BadProviderConfigException">The storage provider is not registered.</exception>
        public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
        {
            var services = context.ActivationServices;
            var store = string.IsNullOrWhiteSpace(config.StorageName)
                ? services.GetService<IGrainStorage>()
                : services.GetKeyedService<IGrainStorage>(config.StorageName);
            if (store is null)
                throw Missing(context, config);
            var state = new StoredState<TState>(GetFullStateName(context, config), context, store);
            context.ObservableLifecycle.Subscribe($"state {config.StateName}", GrainLifecycleStage.SetupState, state);
            context.ObservableLifecycle.AddMigrationParticipant(state);
            return state;
        }

        /// <summary>The name under which the state is stored.</summary>
        protected virtual string GetFullStateName(IGrainContext context, IPersistentStateConfiguration cfg) =>
            cfg.StateName;

        private static BadProviderConfigException Missing(
            IGrainContext context, IPersistentStateConfiguration config) =>
            new(string.IsNullOrEmpty(config.StorageName)
                ? $"No default storage provider found loading grain type {context.GrainId.Type}."
                : $"No storage provider named \"{config.StorageName}\" found loading grain type"
                    + $" {context.GrainId.Type}.");
    }
}

namespace Orleans
{
    using Orleans.Runtime;

    /// <summary>Turns <see cref="PersistentStateAttribute"/> on a constructor parameter into the state.</summary>
    public class PersistentStateAttributeMapper : IAttributeToFactoryMapper<PersistentStateAttribute>
    {
        private static readonly MethodInfo s_create = typeof(IPersistentStateFactory).GetMethod("Create")!;

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">The parameter is no <see cref="IPersistentState{TState}"/>.</exception>
        public Factory<IGrainContext, object> GetFactory(ParameterInfo parameter, PersistentStateAttribute attribute)
        {
            var type = parameter.ParameterType;
            if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
                throw new ArgumentException(
                    $"Parameter '{parameter.Name}' on the constructor for '{parameter.Member.DeclaringType}' has an"
                    + $" unsupported type, '{type}'. It must be an instance of generic type"
                    + $" '{typeof(IPersistentState<>)}' because it has an associated [PersistentState(...)] attribute.",
                    parameter.Name);
            var create = s_create.MakeGenericMethod(type.GetGenericArguments());
            var config = attribute.StateName.Length > 0
                ? attribute
                : new PersistentStateAttribute(parameter.Name!, attribute.StorageName);
            return context => create.Invoke(
                context.ActivationServices.GetRequiredService<IPersistentStateFactory>(),
                BindingFlags.DoNotWrapExceptions, null, [context, config], null)!;
        }
    }
}
