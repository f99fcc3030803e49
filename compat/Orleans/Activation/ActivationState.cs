namespace Orleans.Runtime;

/// <summary>How far an activation is in its life; it only ever goes forward.</summary>
internal enum ActivationState
{
    /// <summary>The instance is being made, OnActivateAsync runs; requests wait.</summary>
    Activating,

    /// <summary>Requests are served.</summary>
    Valid,

    /// <summary>Running requests finish, then OnDeactivateAsync runs; requests wait.</summary>
    Deactivating,

    /// <summary>Over; requests go to the next activation.</summary>
    Invalid,
}
