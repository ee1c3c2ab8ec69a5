namespace ArgoBootstrap.Core.Validation;

/// <summary>A rule about the clusters of one repository, seen together.</summary>
public interface IFleetRule : IValidationRule
{
    /// <summary>Looks at the clusters that are validated in one run.</summary>
    /// <param name="clusters">Who they are; layers that clusters share are not among them.</param>
    /// <returns>What breaks the rule, once for every overlay concerned.</returns>
    IEnumerable<FleetViolation> Check(IReadOnlyList<ClusterIdentity> clusters);
}
