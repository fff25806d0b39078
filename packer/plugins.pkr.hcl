# Packer 1.10 and newer find their plugins by this; 1.6, which Debian has, has them built in and does not know this block:
# leave this file out there (packer/README.md).
packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = "~> 1.3"
    }
    ansible = {
      source  = "github.com/hashicorp/ansible"
      version = "~> 1.1"
    }
  }
}
