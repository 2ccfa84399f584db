-- 0002: what a phone proves itself with.

ALTER TABLE phone ADD COLUMN a1_hash text CHECK (a1_hash ~ '^[0-9a-f]{32}$');
COMMENT ON COLUMN phone.a1_hash IS
    'MD5 of extension:fs_control:password (HA1 of SIP digest authentication); NULL: the phone may not register here.';
