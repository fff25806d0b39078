# Whether the installation can be planned as it is given, by -var-file.

mock_provider "aws" {
  source = "../../mocks"
}

run "planned" {
  command = plan
}
