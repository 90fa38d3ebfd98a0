class Sinch < Formula
  desc "Sinch Conversation API on the command line, with a local sandbox of it"
  homepage "https://github.com/sinch-community/sinch-cli"
  version "${version}"
  license "MIT"

  on_macos do
    on_arm do
      url "https://github.com/sinch-community/sinch-cli/releases/download/v${version}/sinch-macos-arm64"
      sha256 "${sha256 sinch-macos-arm64}"
    end
    on_intel do
      url "https://github.com/sinch-community/sinch-cli/releases/download/v${version}/sinch-macos-x64"
      sha256 "${sha256 sinch-macos-x64}"
    end
  end

  on_linux do
    on_arm do
      url "https://github.com/sinch-community/sinch-cli/releases/download/v${version}/sinch-linux-arm64"
      sha256 "${sha256 sinch-linux-arm64}"
    end
    on_intel do
      url "https://github.com/sinch-community/sinch-cli/releases/download/v${version}/sinch-linux-x64"
      sha256 "${sha256 sinch-linux-x64}"
    end
  end

  resource "man" do
    url "https://github.com/sinch-community/sinch-cli/releases/download/v${version}/sinch-man.tar.gz"
    sha256 "${sha256 sinch-man.tar.gz}"
  end

  def install
    bin.install Dir["sinch-*"].first => "sinch"
    resource("man").stage { man1.install Dir["*.1"] }
    generate_completions_from_executable(bin/"sinch", "completion", shells: [:bash, :zsh, :fish], shell_parameter_format: :arg)
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/sinch --version")
    ENV["SINCH_SANDBOX_STORE"] = ":memory:"
    assert_match "message_id", shell_output("#{bin}/sinch --sandbox conversation send +15551234567 Hello --channel SMS --json")
  end
end
