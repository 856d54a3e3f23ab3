// Stands where the transport expects another vendor's media code, which would be fetched from their host: never used, never fetched.
export default {};
