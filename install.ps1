<#
Installs, updates or removes sinch for the user who runs it: one file in a folder
of theirs, which is added to their PATH. No administrator, no other change.

  irm https://github.com/sinch-community/sinch-cli/releases/latest/download/install.ps1 | iex
  .\install.ps1 -Version 0.1.0
  .\install.ps1 -Uninstall

SINCH_INSTALL_DIR names another folder, SINCH_INSTALL_URL a mirror of the
releases page.
#>
param(
  # Such as 0.1.0; the newest by default.
  [string] $Version = 'latest',
  [string] $Dir = $env:SINCH_INSTALL_DIR,
  [switch] $Uninstall
)

$ErrorActionPreference = 'Stop'
# The progress bar makes a download ten times slower in Windows PowerShell 5.
$ProgressPreference = 'SilentlyContinue'

$releases = $env:SINCH_INSTALL_URL
if (-not $releases) { $releases = 'https://github.com/sinch-community/sinch-cli/releases' }
if (-not $Dir) { $Dir = Join-Path $env:LOCALAPPDATA 'Programs\sinch' }
$name = 'sinch-windows-x64.exe'
$target = Join-Path $Dir 'sinch.exe'

function Set-UserPath([string[]] $folders) {
  [Environment]::SetEnvironmentVariable('Path', ($folders -join ';'), 'User')
}

function Get-UserPath {
  "$([Environment]::GetEnvironmentVariable('Path', 'User'))".Split(';') | Where-Object { $_ }
}

function Save-File([string] $url, [string] $path) {
  try { Invoke-WebRequest -UseBasicParsing -Uri $url -OutFile $path }
  catch { throw "cannot download $url to ${path}: $($_.Exception.Message); nothing was installed" }
}

function Install-Sinch {
  $url = if ($Version -eq 'latest') { "$releases/latest/download" }
  else { "$releases/download/v$($Version.TrimStart('v'))" }
  # In the same folder, so that the last step is a rename: all or nothing.
  $fresh = Join-Path $Dir ".sinch-install-$PID"
  New-Item -ItemType Directory -Force -Path $fresh | Out-Null
  try {
    Write-Output "Downloading $url/$name"
    Save-File "$url/SHA256SUMS" "$fresh\SHA256SUMS"
    Save-File "$url/$name" "$fresh\sinch.exe"

    $wanted = Get-Content "$fresh\SHA256SUMS" |
      Where-Object { $_ -match "^([0-9a-f]{64})  $([regex]::Escape($name))$" } |
      ForEach-Object { $Matches[1] }
    if (-not $wanted) { throw "$url/SHA256SUMS does not list $name; nothing was installed" }
    $found = (Get-FileHash -Algorithm SHA256 "$fresh\sinch.exe").Hash.ToLowerInvariant()
    if ($found -ne $wanted) {
      throw "$name does not have its checksum (expected $wanted, got $found); nothing was installed"
    }
    Write-Output 'Checksum is right'

    $shown = & "$fresh\sinch.exe" --version
    if ($LASTEXITCODE -ne 0) {
      throw 'the downloaded sinch does not run on this system; nothing was installed'
    }
    # A program that runs cannot be replaced on Windows, but it can be renamed.
    if (Test-Path $target) { Move-Item -Force $target "$target.old" }
    Move-Item -Force "$fresh\sinch.exe" $target
    Write-Output "Installed sinch $shown as $target"

    $path = @(Get-UserPath)
    if ($path -notcontains $Dir) {
      Set-UserPath ($path + $Dir)
      Write-Output "Added $Dir to your PATH; open a new terminal"
    }
  }
  finally { Remove-Item -Recurse -Force $fresh -ErrorAction SilentlyContinue }
}

function Uninstall-Sinch {
  if (-not (Test-Path $target)) {
    Write-Output "There is no $target; nothing was removed"
    return
  }
  Remove-Item -Force $target, "$target.old" -ErrorAction SilentlyContinue
  if (Test-Path $target) { throw "cannot remove $target; is sinch running?" }
  Set-UserPath @(Get-UserPath | Where-Object { $_ -ne $Dir })
  Write-Output "Removed $target"
  Write-Output "Settings are kept in $env:APPDATA\sinch"
}

try { if ($Uninstall) { Uninstall-Sinch } else { Install-Sinch } }
catch {
  [Console]::Error.WriteLine("error: $($_.Exception.Message)")
  # `iex` runs this in the caller's own session, which must not end.
  if ($MyInvocation.MyCommand.Path) { exit 1 }
}
