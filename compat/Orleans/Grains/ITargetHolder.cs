namespace Orleans.Serialization.Invocation;

/// <summary>Holds the object that calls are made on and the components beside it.</summary>
public interface ITargetHolder
{
    /// <summary>The object that calls are made on.</summary>
    TTarget? GetTarget<TTarget>()
        where TTarget : class;

    /// <summary>The component of this type, or null.</summary>
    TComponent? GetComponent<TComponent>()
        where TComponent : class;
}
