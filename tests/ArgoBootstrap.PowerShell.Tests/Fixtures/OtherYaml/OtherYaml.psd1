@{
    RootModule         = 'OtherYaml.psm1'
    ModuleVersion      = '1.0.0'
    GUID               = '5f0f9d53-5f9c-4b3c-8e0b-6d1b6f4b8a10'
    RequiredAssemblies = @('YamlDotNet.dll')
    FunctionsToExport  = @('ConvertFrom-OtherYaml')
    CmdletsToExport    = @()
}
