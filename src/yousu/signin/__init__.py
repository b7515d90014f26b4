"""登录: the door of /accounts/: signing in, second factors, profile. django-allauth does it; this is what is ours."""
