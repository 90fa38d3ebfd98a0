<#
Installs, updates or removes sinch for the current user: one file in a folder of
that user, which is added to the user's PATH. No administrator, no other change.

  irm https://github.com/sinch-community/sinch-cli/releases/latest/download/install.ps1 | iex
  .\install.ps1 -Version 0.1.0
  .\install.ps1 -Dir C:\tools
  .\install.ps1 -Uninstall

SINCH_INSTALL_DIR sets another folder, as -Dir does; SINCH_INSTALL_URL sets a
mirror of the releases page.
#>
param(
  # Such as 0.1.0 (default: the latest).
  [string] $Version = 'latest',
  [string] $Dir = $env:SINCH_INSTALL_DIR,
  # Settings are kept.
  [switch] $Uninstall
)

# One block: `iex` runs this in the caller's own session, whose settings it must
# not change; and half a script that a broken connection leaves is none.
& {
  $ErrorActionPreference = 'Stop'
  # The progress bar makes a download ten times slower in Windows PowerShell 5.
  $ProgressPreference = 'SilentlyContinue'

  $releases = $env:SINCH_INSTALL_URL
  if (-not $releases) { $releases = 'https://github.com/sinch-community/sinch-cli/releases' }
  $name = 'sinch-windows-x64.exe'
  # For one download.
  $limitSeconds = 600

  function Get-Folder {
    $folder = $Dir
    if (-not $folder) { $folder = Join-Path $env:LOCALAPPDATA 'Programs\sinch' }
    # A relative one would be another in the next terminal.
    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($folder)
  }

  # Both become a part of the address.
  function Assert-Source {
    if ($Version -ne 'latest' -and $Version -notmatch '^v?[0-9][0-9A-Za-z.+-]*$') {
      throw "-Version must be a version such as 0.1.0, got '$Version'"
    }
    if ($releases -notmatch '^(https://|http://(localhost|127\.0\.0\.1)[:/])') {
      throw "SINCH_INSTALL_URL must start with https://, got '$releases'"
    }
  }

  function Assert-System {
    if ([Environment]::OSVersion.Platform -ne 'Win32NT') {
      throw 'this is for Windows; elsewhere use install.sh'
    }
    if (-not [Environment]::Is64BitOperatingSystem) {
      throw 'there is no executable for 32-bit Windows; run sinch.js with Deno'
    }
  }

  # Read and written with its %VARIABLES%, which [Environment] would replace.
  function Get-UserPath {
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment')
    if (-not $key) { return }
    try { $text = $key.GetValue('Path', '', 'DoNotExpandEnvironmentNames') }
    finally { $key.Close() }
    "$text".Split(';') | Where-Object { $_ }
  }

  function Set-UserPath([string[]] $folders) {
    $key = [Microsoft.Win32.Registry]::CurrentUser.CreateSubKey('Environment')
    try { $key.SetValue('Path', ($folders -join ';'), 'ExpandString') }
    finally { $key.Close() }
    # New terminals learn of it when [Environment] changes any variable.
    $signal = "sinch-install-$PID"
    [Environment]::SetEnvironmentVariable($signal, '1', 'User')
    [Environment]::SetEnvironmentVariable($signal, '', 'User')
  }

  function Save-File([string] $url, [string] $path) {
    try { Invoke-WebRequest -UseBasicParsing -TimeoutSec $limitSeconds -Uri $url -OutFile $path }
    catch { throw "cannot download $url to ${path}: $($_.Exception.Message); nothing was installed" }
  }

  # Get-FileHash cannot be found where PowerShell 7 has started PowerShell 5.
  function Get-Sha256([string] $path) {
    $stream = [IO.File]::OpenRead($path)
    try { $hash = [Security.Cryptography.SHA256]::Create().ComputeHash($stream) }
    finally { $stream.Close() }
    [BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant()
  }

  function Assert-Checksum([string] $path, [string] $sums) {
    $wanted = Get-Content -LiteralPath $sums |
      Where-Object { $_ -match "^([0-9a-f]{64})  $([regex]::Escape($name))$" } |
      ForEach-Object { $Matches[1] }
    if (-not $wanted) { throw "$url/SHA256SUMS does not list $name; nothing was installed" }
    $found = Get-Sha256 $path
    if ($found -ne $wanted) {
      throw "$name does not have its checksum (expected $wanted, got $found); nothing was installed"
    }
  }

  function Get-ShownVersion([string] $program) {
    try {
      $shown = & $program --version
      if ($LASTEXITCODE -ne 0) { throw "it ends with $LASTEXITCODE" }
    }
    catch {
      throw "the downloaded sinch does not run on this system: $($_.Exception.Message); nothing was installed"
    }
    $shown
  }

  # A program that runs cannot be replaced on Windows, but it can be renamed.
  function Switch-Program([string] $fresh, [string] $target) {
    $old = "$target.old"
    $isThere = Test-Path -LiteralPath $target
    try {
      if ($isThere) { Move-Item -Force -LiteralPath $target -Destination $old }
      Move-Item -Force -LiteralPath $fresh -Destination $target
    }
    catch {
      if ($isThere -and -not (Test-Path -LiteralPath $target)) {
        Move-Item -Force -LiteralPath $old -Destination $target
      }
      throw "cannot replace ${target}: $($_.Exception.Message); nothing was installed"
    }
  }

  function Install-Sinch([string] $folder) {
    # Before .NET 4.7, TLS 1.2 has to be asked for; GitHub takes nothing older.
    if ([int] [Net.ServicePointManager]::SecurityProtocol -ne 0) {
      [Net.ServicePointManager]::SecurityProtocol =
        [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12
    }
    $url = if ($Version -eq 'latest') { "$releases/latest/download" }
    else { "$releases/download/v$($Version.TrimStart('v'))" }
    $target = Join-Path $folder 'sinch.exe'
    # In the same folder, so that the last step is a rename: all or nothing.
    $fresh = Join-Path $folder ".sinch-install-$PID"
    try { New-Item -ItemType Directory -Force -Path $fresh | Out-Null }
    catch { throw "cannot write to ${folder}: $($_.Exception.Message)" }
    try {
      Write-Output "Downloading $url/$name"
      Save-File "$url/SHA256SUMS" "$fresh\SHA256SUMS"
      Save-File "$url/$name" "$fresh\sinch.exe"
      Assert-Checksum "$fresh\sinch.exe" "$fresh\SHA256SUMS"
      Write-Output 'Checksum verified'
      $shown = Get-ShownVersion "$fresh\sinch.exe"
      Switch-Program "$fresh\sinch.exe" $target
      Write-Output "Installed sinch $shown as $target"
    }
    finally { Remove-Item -Recurse -Force -LiteralPath $fresh -ErrorAction SilentlyContinue }

    $path = @(Get-UserPath)
    if ($path -contains $folder) {
      Write-Output 'Try: sinch --sandbox conversation send +15551234567 Hello --channel SMS'
    }
    else {
      Set-UserPath ($path + $folder)
      Write-Output "Added $folder to your PATH; open a new terminal"
    }
  }

  function Uninstall-Sinch([string] $folder) {
    $target = Join-Path $folder 'sinch.exe'
    if (-not (Test-Path -LiteralPath $target)) {
      Write-Output "$target does not exist; nothing was removed"
      return
    }
    Remove-Item -Force -LiteralPath $target, "$target.old" -ErrorAction SilentlyContinue
    if (Test-Path -LiteralPath $target) { throw "cannot remove $target; is sinch running?" }
    $path = @(Get-UserPath)
    if ($path -contains $folder) { Set-UserPath @($path | Where-Object { $_ -ne $folder }) }
    Write-Output "Removed $target"
    Write-Output "Settings are kept in $env:APPDATA\sinch, the sandbox's data in $env:LOCALAPPDATA\sinch"
  }

  try {
    Assert-System
    Assert-Source
    $folder = Get-Folder
    if ($Uninstall) { Uninstall-Sinch $folder } else { Install-Sinch $folder }
  }
  catch {
    [Console]::Error.WriteLine("error: $($_.Exception.Message)")
    # A script ends with it; a session that `iex` runs this in must not end.
    if ($PSCommandPath) { exit 1 }
  }
}
