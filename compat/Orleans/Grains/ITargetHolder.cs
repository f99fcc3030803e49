using Orleans.Serialization.Invocation;

namespace Orleans.Serialization.Invocation
{
    /// <summary>Holds the object that calls are made on and the components beside it.</summary>
    public interface ITargetHolder
    {
        /// <summary>The object that calls are made on.</summary>
        object? GetTarget();

        /// <summary>The component of this type, or null.</summary>
        object? GetComponent(Type componentType);
    }
}

namespace Orleans.Runtime
{
    /// <summary>A shorter way to ask for components.</summary>
    public static class TargetHolderExtensions
    {
        /// <summary>The component of this type, or null.</summary>
        public static TComponent? GetComponent<TComponent>(this ITargetHolder targetHolder)
            where TComponent : class => targetHolder.GetComponent(typeof(TComponent)) as TComponent;
    }
}
