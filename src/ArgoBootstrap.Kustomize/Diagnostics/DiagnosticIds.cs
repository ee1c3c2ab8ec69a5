namespace ArgoBootstrap.Kustomize.Diagnostics;

/// <summary>The stable names of everything that the engine reports. Each has a page in docs/rules.</summary>
public static class DiagnosticIds
{
    /// <summary>A file or folder that is named does not exist.</summary>
    public const string FileNotFound = nameof(FileNotFound);

    /// <summary>A file cannot be read: permissions, a device, a directory where a file is wanted.</summary>
    public const string FileUnreadable = nameof(FileUnreadable);

    /// <summary>A folder holds no kustomization file, or more than one.</summary>
    public const string KustomizationFileMissing = nameof(KustomizationFileMissing);

    /// <summary>A folder holds more than one kustomization file.</summary>
    public const string KustomizationFileAmbiguous = nameof(KustomizationFileAmbiguous);

    /// <summary>A kustomization leads back to itself.</summary>
    public const string Cycle = nameof(Cycle);

    /// <summary>A file lies outside of the root that may use it.</summary>
    public const string OutsideRoot = nameof(OutsideRoot);

    /// <summary>Text that is not YAML.</summary>
    public const string InvalidYaml = nameof(InvalidYaml);

    /// <summary>Input beyond a limit of size, depth or alias expansion.</summary>
    public const string LimitExceeded = nameof(LimitExceeded);

    /// <summary>A key that occurs twice.</summary>
    public const string DuplicateKey = nameof(DuplicateKey);

    /// <summary>A mapping key that is not a string.</summary>
    public const string InvalidKey = nameof(InvalidKey);

    /// <summary>A field that a kustomization does not have.</summary>
    public const string UnknownField = nameof(UnknownField);

    /// <summary>A field that holds another type than it must.</summary>
    public const string WrongType = nameof(WrongType);

    /// <summary>A field that must be there and is not.</summary>
    public const string MissingField = nameof(MissingField);

    /// <summary>A field with a value that is not allowed.</summary>
    public const string InvalidValue = nameof(InvalidValue);

    /// <summary>A field that works, but should not be used any more.</summary>
    public const string DeprecatedField = nameof(DeprecatedField);

    /// <summary>An object without kind or name, or otherwise no Kubernetes object.</summary>
    public const string InvalidResource = nameof(InvalidResource);

    /// <summary>Two objects with the same id.</summary>
    public const string DuplicateResource = nameof(DuplicateResource);

    /// <summary>A patch, generator or replica count whose object is not there.</summary>
    public const string TargetNotFound = nameof(TargetNotFound);

    /// <summary>A patch, variable or reference that several objects fit.</summary>
    public const string AmbiguousTarget = nameof(AmbiguousTarget);

    /// <summary>A patch that is neither a strategic merge patch nor a JSON 6902 patch, or cannot be applied.</summary>
    public const string InvalidPatch = nameof(InvalidPatch);

    /// <summary>A replacement whose source or target is not there or does not fit.</summary>
    public const string InvalidReplacement = nameof(InvalidReplacement);

    /// <summary>A variable that is defined twice, cannot be resolved, or is not defined.</summary>
    public const string InvalidVariable = nameof(InvalidVariable);

    /// <summary>A generator whose input cannot be used.</summary>
    public const string InvalidGenerator = nameof(InvalidGenerator);

    /// <summary>A transformer or validator whose configuration cannot be used.</summary>
    public const string InvalidTransformer = nameof(InvalidTransformer);

    /// <summary>Something that needs an executable or container plugin.</summary>
    public const string PluginNotSupported = nameof(PluginNotSupported);

    /// <summary>An OpenAPI or CRD schema that cannot be used.</summary>
    public const string InvalidSchema = nameof(InvalidSchema);

    /// <summary>A remote base or file that cannot be fetched.</summary>
    public const string RemoteUnavailable = nameof(RemoteUnavailable);

    /// <summary>Something that is fetched from this machine or its link.</summary>
    public const string RemoteIsLocal = nameof(RemoteIsLocal);

    /// <summary>A Helm chart that cannot be inflated.</summary>
    public const string HelmFailed = nameof(HelmFailed);

    /// <summary>Values of a chart that are lost when others are merged with them.</summary>
    public const string HelmValuesDropped = nameof(HelmValuesDropped);
}
