import json
import unittest

from aws import bucket, client, deploy


class Buckets(unittest.TestCase):
    def test_none_is_public(self):
        for key in deploy()["buckets"]:
            block = client("s3").get_public_access_block(Bucket=bucket(key))["PublicAccessBlockConfiguration"]
            self.assertEqual(set(block.values()), {True}, key)
            grants = client("s3").get_bucket_acl(Bucket=bucket(key))["Grants"]
            self.assertEqual([grant["Grantee"]["Type"] for grant in grants], ["CanonicalUser"], key)

    def test_all_are_encrypted_with_the_installations_own_key(self):
        key_arn = client("kms").describe_key(KeyId=f"alias/{deploy()['name']}")["KeyMetadata"]["Arn"]
        for key in deploy()["buckets"]:
            rules = client("s3").get_bucket_encryption(Bucket=bucket(key))["ServerSideEncryptionConfiguration"]["Rules"]
            default = rules[0]["ApplyServerSideEncryptionByDefault"]
            self.assertEqual((default["SSEAlgorithm"], default["KMSMasterKeyID"]), ("aws:kms", key_arn), key)
            self.assertTrue(rules[0]["BucketKeyEnabled"], key)

    def test_nothing_comes_or_goes_without_tls(self):
        for key in deploy()["buckets"]:
            policy = json.loads(client("s3").get_bucket_policy(Bucket=bucket(key))["Policy"])
            self.assertEqual(
                [(one["Effect"], one["Principal"], one["Condition"]) for one in policy["Statement"]],
                [("Deny", "*", {"Bool": {"aws:SecureTransport": "false"}})],
                key,
            )

    def test_no_rule_ends_a_link_of_a_chain(self):
        rules = client("s3").get_bucket_lifecycle_configuration(Bucket=bucket("data"))["Rules"]
        allowed = {"ID", "Status", "Filter", "AbortIncompleteMultipartUpload", "NoncurrentVersionExpiration"}
        self.assertTrue(rules)
        for rule in rules:
            self.assertLessEqual(set(rule), allowed, rule["ID"])

    def test_a_mistaken_deletion_can_be_undone(self):
        self.assertEqual(client("s3").get_bucket_versioning(Bucket=bucket("data"))["Status"], "Enabled")

    def test_the_key_is_renewed_each_year(self):
        key = client("kms").describe_key(KeyId=f"alias/{deploy()['name']}")["KeyMetadata"]["KeyId"]
        self.assertTrue(client("kms").get_key_rotation_status(KeyId=key)["KeyRotationEnabled"])
